//! Torture: one file a case, each in every engine. `cargo xtask torture --full` makes the table of docs/torture.md.

mod broken_update;
mod clock;
mod closed;
mod full;
mod kills;
mod left;
mod private;
mod reloads;
mod two_tabs;
mod update;

use bintang_e2e::in_every_engine;
use broken_update::broken_update;
use clock::clock_set_back;
use closed::database_closed;
use full::store_full;
use kills::killed;
use left::left_while_reading;
use private::private_mode;
use reloads::reloaded;
use two_tabs::two_tabs;
use update::update_under_an_unsaved_sheet;

in_every_engine!(
    killed,
    reloaded,
    left_while_reading,
    two_tabs,
    database_closed,
    store_full,
    update_under_an_unsaved_sheet,
    broken_update,
    private_mode,
    clock_set_back,
);
