-- Asks the addresses in a file in turn and prints what was measured as one line of JSON.
--     wrk ... -s urls.lua URL -- FILE FIRST
-- A line of the file is a path, or a path, a tab and the If-None-Match to send with it. Threads
-- begin at FIRST and far from each other.

local threads = {}

function setup(thread)
    thread:set("number", #threads)
    table.insert(threads, thread)
end

function init(args)
    requests = {}
    for line in io.lines(args[1]) do
        local path, etag = line:match("^([^\t]*)\t(.*)$")
        local headers = etag and { ["If-None-Match"] = etag } or nil
        table.insert(requests, wrk.format("GET", path or line, headers))
    end
    at = tonumber(args[2]) + math.floor(number * #requests / 2)
end

function request()
    at = at + 1
    return requests[at % #requests + 1]
end

function done(summary, latency)
    local errors = summary.errors
    io.write(string.format(
        '{"requests": %d, "seconds": %.6f, "bytes": %d, "p50_ms": %.3f, "p99_ms": %.3f, '
            .. '"failed": %d}\n',
        summary.requests, summary.duration / 1e6, summary.bytes,
        latency:percentile(50) / 1e3, latency:percentile(99) / 1e3,
        errors.connect + errors.read + errors.write + errors.status + errors.timeout
    ))
end
