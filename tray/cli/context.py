"""What every command needs: folders, settings, clock, and the database once asked for."""

import os
from collections.abc import Iterator, Mapping
from datetime import tzinfo

from tray import clock, paths, profiles, regional_formats, settings
from tray.cli.streams import print_notice, show_result
from tray.common_settings import has_one_timer
from tray.language import tr
from tray.lean_contexts import contextmanager, suppress
from tray.lean_typing import TYPE_CHECKING
from tray.local_errors import DamagedDatabase, StorageError, TrayError
from tray.model.days import Calendar
from tray.model.formats import TimeFormat
from tray.model.locales.chosen import use_style
from tray.sentences import together
from tray.settings import Settings
from tray.store.database import Database
from tray.store.shown_formats import shown_formats
from tray.system_formats import zone_of_system

if TYPE_CHECKING:
    from tray.credentials import Patience, SecretStore


class Context:
    """Made once for each run of the command line; opens nothing before it is needed."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self.environ = environ
        self.now = clock.now()
        self._paths: paths.Paths | None = None
        self._settings: settings.Settings | None = None
        self._db: Database | None = None
        self.tells_hooks = not environ.get("TOGGL_TRAY_NO_HOOKS")
        """Whether hooks are told of what is changed."""
        self._is_logging = False

    @property
    def paths(self) -> paths.Paths:
        """Where the files are."""
        if self._paths is None:
            self._paths = paths.find(self.environ)
        return self._paths

    @property
    def settings(self) -> settings.Settings:
        """What the user chose; what is wrong with the file is told once."""
        if self._settings is None:
            loaded = settings.load(self.paths.settings_file)
            for problem in loaded.problems:
                print_notice(problem)
            self._settings = loaded.settings
        return self._settings

    @property
    def zone(self) -> tzinfo | None:
        """The zone in which times are read and shown; None for the computer's, even if named.

        That is how most name theirs, and to load zones takes as long as many a command.
        """
        chosen = self._settings_in_force
        name = chosen.zone_name
        return None if not name or name == zone_of_system(self.environ) else chosen.zone

    @property
    def named_zone(self) -> tzinfo | None:
        """That zone with its name, if it has one."""
        return self._settings_in_force.zone

    @property
    def times(self) -> TimeFormat:
        """How times are shown."""
        return TimeFormat(self.zone, self.settings.twelve_hours)

    @property
    def calendar(self) -> Calendar:
        """The user's days and weeks."""
        zone, chosen = self.zone, self.settings
        return Calendar(zone, chosen.day_start_hour, chosen.first_weekday)

    @property
    def db(self) -> Database:
        """The database, opened (or made, or repaired) at the first use."""
        if self._db is None:
            from tray.store.recovery.safe_opening import open_or_rescue

            self._db, notices = open_or_rescue(self.paths.database, now=self.now)
            for sentence in (*notices, *self._stop_elsewhere(self._db)):
                print_notice(sentence)
            self._follow(self._db)
            self._prepare_hooks(self._db)
        return self._db

    @property
    def _settings_in_force(self) -> Settings:
        """What the user chose, once it is known what the account says where that counts."""
        chosen = self.settings
        if (
            self._db is None
            and regional_formats.ACCOUNT in chosen
            and os.path.exists(self.paths.database)
        ):
            with suppress(StorageError):
                _ = self.db
        return chosen

    def _follow(self, db: Database) -> None:
        """Write and read as the account says, where the settings do not."""
        regional_formats.use_account(shown_formats(db))
        use_style(self.settings.style)

    def secret_store(self, patience: "Patience | None" = None) -> "SecretStore":
        """The secrets of the profile; without `patience` the user may take any time to unlock."""
        from tray.credentials import SecretStore

        return SecretStore(scope=profiles.keyring_scope(self.paths), patience=patience)

    def ensure_profile(self) -> None:
        """Make the profile if it was named for the first time; a slip of the fingers is seen so."""
        if profiles.ensure(self.environ, self.paths):
            print_notice(tr("Made the profile “{name}”.").format(name=self.paths.profile))

    def _prepare_hooks(self, db: Database) -> None:
        """Have what is changed be noted for hooks, where there are any."""
        if os.path.isdir(self.paths.hooks):
            from tray.hooks import hook_nudge

            hook_nudge.watch(db, self.paths, self.settings)
            hook_nudge.name_writer(db, self.environ, tells=self.tells_hooks)

    def _run_hooks(self, db: Database) -> None:
        """Have hooks be told what was changed, by the tray if one runs; nobody waits for them."""
        try:
            if not db.has_rows("hook_event"):
                return
            from tray.store import hook_events

            if db.origin != hook_events.HOOK:
                from tray.hooks import hook_nudge

                hook_nudge.start_unless_tray(self.paths)
        except StorageError:
            return  # what waits is told next time

    def start_log(self, *, debug: bool) -> None:
        """Write what happens to the log, and with `debug` to the standard error as well."""
        from tray import log

        self._is_logging = True
        every_step = debug or self.settings.debug_log
        log.start(self.paths.commands_log, debug=every_step, on_screen=debug)

    @contextmanager
    def damage_found(self) -> Iterator[None]:
        """Blame an error that nobody expected on the database if that is damaged.

        Raises:
            DamagedDatabase: it is.
        """
        try:
            yield
        except (TrayError, OSError):
            raise
        except Exception as error:  # whatever broken values lead to, which is foreseen nowhere
            from tray.store import health

            if self._db is not None:
                health.explain(self.paths.database, error)
            raise

    def rescue(self) -> str:
        """Repair the database, which a command found damaged; say what became of it.

        Raises:
            StorageError: it is open elsewhere, or the new one cannot be written.
        """
        from tray.store.recovery.rescue import rescue

        self.close()
        self._db = None
        return rescue(self.paths.database, now=self.now)

    def finish(self) -> None:
        """After a command has told its result: the backup of the day, if there is none yet."""
        if self._db is None or not self._db.wrote:
            return
        show_result()
        for sentence in self._stop_elsewhere(self._db):
            print_notice(sentence)
        from tray.store import backup_paths

        if os.path.exists(backup_paths.path_of_day(self._db.path, self.now)):
            return  # as nearly always, and no command loads what makes it then
        from tray.store import backup

        try:
            backup.daily(self._db, self.now)
        except DamagedDatabase:
            print_notice(self.rescue())
        except StorageError as error:
            print_notice(together(str(error), tr("The entries themselves are safe.")))

    def _stop_elsewhere(self, db: Database) -> tuple[str, ...]:
        """Where one entry runs in all profiles: have a start end what runs in another one."""
        if not has_one_timer(db.path):
            return ()
        from tray.tracker import one_timer

        return one_timer.settle(self.environ, now=self.now)

    def close(self) -> None:
        """Release the database and the log."""
        if self._is_logging:
            from tray import log

            log.stop()
        if self._db is not None:
            if self._db.wrote:
                self._run_hooks(self._db)
            self._db.close()
