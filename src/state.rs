//! What the app holds while it runs. Pages read it and send intents; nothing else writes.

pub mod address;
pub mod autosave;
pub mod backups;
pub mod camera;
pub mod compare;
pub mod condition;
pub mod drafts;
pub mod endpoint_form;
pub mod endpoints;
pub mod finished;
pub mod gallery;
pub mod keeper;
pub mod lock;
pub mod open_sheet;
pub mod outbox;
pub mod preferences;
pub mod readiness;
pub mod restoring;
pub mod rubrics;
pub mod session;
pub mod shelf;
pub mod turn;
pub mod visit;
pub mod way;
