//! What the [`Store`] promises of endpoints, on any tables.

use bintang_domain::{
    endpoint::{Access, Endpoint, EndpointRefused, Endpoints, PhotoRule, Secret},
    store::Store,
    web_address::WebAddress,
};
use std::future::Future;

/// Runs every check, each on a store of its own.
pub async fn suite<F: Future<Output = Store>>(open: impl Fn() -> F) {
    what_was_changed_is_there(&open().await).await;
    what_is_refused_changes_nothing(&open().await).await;
}

/// An endpoint with this secret.
#[must_use]
pub fn endpoint(n: u8, secret: &str) -> Endpoint {
    Endpoint {
        name: format!("Simpul {n}"),
        access: Access::Bearer(Secret::parse(secret).expect("a secret")),
        photos: PhotoRule::WifiOnly,
        ..Endpoint::at(WebAddress::parse(&format!("https://{n}.example/masuk")).expect("an address"))
    }
}

/// Keeps one.
pub async fn keep(store: &Store, endpoint: Endpoint) -> Result<Endpoints, EndpointRefused> {
    let change = move |endpoints: &mut Endpoints| endpoints.keep(None, endpoint);
    store.change_endpoints(Box::new(change)).await.expect("kept")
}

async fn what_was_changed_is_there(store: &Store) {
    assert_eq!(store.endpoints().await, Ok(Endpoints::default()));
    let (one, two) = (endpoint(1, "rahasia-1"), endpoint(2, "rahasia-2"));
    for endpoint in [&one, &two] {
        let now = keep(store, endpoint.clone()).await.expect("kept");
        assert_eq!(store.endpoints().await, Ok(now));
    }
    let address = two.address.clone();
    let chosen = store.change_endpoints(Box::new(move |endpoints| {
        endpoints.choose(&address);
        Ok(())
    }));
    let chosen = chosen.await.expect("stored").expect("chosen");
    assert_eq!(chosen.chosen(), Some(&two));
    assert_eq!(store.endpoints().await, Ok(Endpoints::new(vec![one, two.clone()], Some(two.address))));
}

async fn what_is_refused_changes_nothing(store: &Store) {
    let before = keep(store, endpoint(1, "rahasia-1")).await.expect("kept");
    assert_eq!(keep(store, endpoint(1, "lain")).await, Err(EndpointRefused::Known));
    assert_eq!(store.endpoints().await, Ok(before));
}
