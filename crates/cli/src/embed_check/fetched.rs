//! Files as a browser fetches them.

use anyhow::{Context as _, Result, bail};
use std::{io::Read as _, time::Duration};
use ureq::{Agent, http};
use url::Url;

/// Longest time for one file.
const TIMEOUT: Duration = Duration::from_secs(30);
/// Bytes of a file that are read.
const LARGEST: u64 = 4 << 20;

/// Asks for files.
pub struct Fetcher(Agent);

/// A file that came.
pub struct Fetched {
    /// Where it was in the end.
    pub url: Url,
    /// Status of HTTP.
    pub status: u16,
    /// The headers.
    pub headers: http::HeaderMap,
    /// The body.
    pub body: Vec<u8>,
}

impl Default for Fetcher {
    fn default() -> Self {
        let settings =
            Agent::config_builder().timeout_global(Some(TIMEOUT)).http_status_as_error(false).max_redirects(5);
        Self(settings.save_redirect_history(true).build().new_agent())
    }
}

impl Fetcher {
    /// Asks for a file, as a page of this origin does.
    ///
    /// # Errors
    /// Nobody answered.
    pub fn get(&self, url: &Url, origin: Option<&str>) -> Result<Fetched> {
        use ureq::ResponseExt as _;
        let mut request = self.0.get(url.as_str()).header("accept", "*/*");
        if let Some(origin) = origin {
            request = request.header("origin", origin);
        }
        let mut response = request.call().with_context(|| url.to_string())?;
        let came_from = Url::parse(&response.get_uri().to_string()).unwrap_or_else(|_| url.clone());
        let mut body = Vec::new();
        response.body_mut().as_reader().take(LARGEST + 1).read_to_end(&mut body)?;
        if body.len() as u64 > LARGEST {
            bail!("{url} is larger than {LARGEST} bytes");
        }
        Ok(Fetched { url: came_from, status: response.status().as_u16(), headers: response.headers().clone(), body })
    }
}

impl Fetched {
    /// All values of a header.
    pub fn all<'s>(&'s self, name: &'s str) -> impl Iterator<Item = &'s str> {
        self.headers.get_all(name).iter().filter_map(|value| value.to_str().ok())
    }

    /// A header's text; empty where there is none.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
}
