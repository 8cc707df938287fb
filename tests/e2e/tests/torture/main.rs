//! Torture: one file a case, each in every engine. `cargo xtask torture --full` makes the table of docs/torture.md.

mod backups;
mod broken_update;
mod clock;
mod closed;
mod disk;
mod first_visit;
mod full;
mod kills;
mod left;
mod photos;
mod private;
mod reloads;
mod two_tabs;
mod update;
mod upgrade;
mod uploads;

use backups::backup_damaged;
use bintang_e2e::in_every_engine;
use broken_update::broken_update;
use clock::clock_set_back;
use closed::database_closed;
use disk::disk_full;
use first_visit::killed_on_the_first_visit;
use full::store_full;
use kills::killed;
use left::left_while_reading;
use photos::killed_with_photos;
use private::private_mode;
use reloads::reloaded;
use two_tabs::two_tabs;
use update::update_under_an_unsaved_sheet;
use upgrade::upgrade_with_two_tabs;
use uploads::uploads;

in_every_engine!(
    killed,
    killed_with_photos,
    killed_on_the_first_visit,
    reloaded,
    left_while_reading,
    two_tabs,
    database_closed,
    store_full,
    disk_full,
    update_under_an_unsaved_sheet,
    broken_update,
    upgrade_with_two_tabs,
    backup_damaged,
    private_mode,
    clock_set_back,
    uploads,
);
