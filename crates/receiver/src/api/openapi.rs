//! What programs may ask, as OpenAPI 3.1: made of the very routes that are answered. Pages for people and the questions of
//! whoever watches the machine are not in it.

use axum::{Json, Router, routing::get};
use serde::Serialize;
use utoipa::{
    IntoParams, Modify, OpenApi, ToSchema,
    openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme},
};

/// Why something is refused: `application/problem+json` (RFC 9457).
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Refusal {
    /// Status of HTTP.
    status: u16,
    /// Stable word for programs.
    #[schema(example = "conflict")]
    code: String,
    /// A short title.
    title: String,
    /// One sentence for a person.
    detail: Option<String>,
    /// JSON pointer to what is wrong in the body.
    at: Option<String>,
}

/// What of all that is stored is wanted.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "it describes what `read::Wanted` reads")]
pub(super) struct Selection {
    /// Scored with the rubric of this id
    rubric: Option<String>,
    /// With so many stars, as reckoned here
    stars: Option<u8>,
    /// Received at this moment or later (RFC 3339)
    since: Option<String>,
    /// Received before this moment (RFC 3339)
    until: Option<String>,
}

/// What every part of the description shares.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Bintang receiver",
        description = "Takes finished assessments and their photos (profile `bintang` of the upload contract), and gives \
                       them to those who may read. What each code means, docs/assessment.md says.",
    ),
    components(schemas(Refusal)),
    modifiers(&Token),
    security(("token" = [])),
)]
pub(super) struct Description;

struct Token;

impl Modify for Token {
    fn modify(&self, openapi: &mut utoipa::openapi::OpenApi) {
        let bearer = HttpBuilder::new()
            .scheme(HttpAuthScheme::Bearer)
            .description(Some("A token of `bintang token add`; who reads may say it as the password of Basic."));
        let components = openapi.components.get_or_insert_with(Default::default);
        components.add_security_scheme("token", SecurityScheme::Http(bearer.build()));
    }
}

/// `/openapi.json`.
pub(super) fn router<S: Clone + Send + Sync + 'static>(openapi: utoipa::openapi::OpenApi) -> Router<S> {
    Router::new().route("/openapi.json", get(async move || Json(openapi)))
}
