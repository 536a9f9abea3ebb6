"""What can be wrong with a backup, or with what it would replace; each message has the remedy."""


class BackupError(RuntimeError):
    """Nothing was written, or nothing was replaced."""


class NotABackup(BackupError):
    """A folder that is no backup, and holds none."""


class DamagedBackup(BackupError):
    """A file of the backup is not what was written; the message names it."""


class WrongPassphrase(BackupError):
    """The secrets cannot be opened with what was given."""


class OtherVersion(BackupError):
    """Made by newer software, or by a newer PostgreSQL, than there is here."""


class HoldsData(BackupError):
    """What would be restored into is not empty, or is in use."""


class NoRoom(BackupError):
    """The disk has less space than is needed."""


class BackupRunning(BackupError):
    """Another backup is being written to the same folder."""


class DumpFailed(BackupError):
    """pg_dump or pg_restore gave up; the message ends with what it said."""


class RestoredDiffers(BackupError):
    """What was restored is not what was backed up; the message names the layers."""
