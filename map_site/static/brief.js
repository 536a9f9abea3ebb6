(function () { "use strict"; fahsai.briefMap = () => {}; })();
