//! Finishing the sheet that is shown: bound to the chosen endpoint, its result in the sheet's place, and on its way.

use crate::{
    context::App,
    routes::Route,
    state::session::{FinishError, Session},
};
use bintang_domain::ports::StoreError;

/// Finishes it.
///
/// # Errors
/// Why not; the sheet is as it was.
pub async fn finish(app: App, session: Session) -> Result<(), FinishError> {
    let App { services, settings, address, open, outbox, .. } = app;
    let (id, assessor) = (session.assessment(), settings.assessor.get_untracked());
    let reading = services.ports().store.endpoints();
    match reading.await {
        Ok(endpoints) => session.finish(assessor, endpoints.chosen().map(|to| to.address.clone())).await?,
        // Kotak keluar asks for an endpoint then.
        Err(StoreError::Corrupt) => session.finish(assessor, None).await?,
        Err(error) => return Err(FinishError::Store(error)),
    }
    // Whoever went elsewhere meanwhile stays there.
    if address.is_at_sheet(id) {
        address.replace(Route::result(id));
    }
    // Its page still stands until the result is shown.
    services.ports().page.after_paint(Box::new(move || open.close(id)));
    outbox.wake();
    Ok(())
}
