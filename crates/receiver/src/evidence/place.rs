//! Where files of evidence are kept: a folder, or a bucket of a store that speaks S3.

use object_store::{
    BackoffConfig, ClientOptions, ObjectStore, RetryConfig, aws::AmazonS3Builder, local::LocalFileSystem,
    path::Path as Key, prefix::PrefixStore,
};
use std::{fmt, fs, io, path::PathBuf, sync::Arc, time::Duration};

/// How long a store may take for one answer, and how long it is asked again: a phone waits for its own up to a minute.
const ANSWER: Duration = Duration::from_secs(15);
const AGAIN: Duration = Duration::from_secs(20);

/// A place for files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// A folder.
    Folder(PathBuf),
    /// A bucket, and what the names in it begin with. Region, endpoint and keys come from the environment
    /// (`AWS_REGION`, `AWS_ENDPOINT`, `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, …), where no list of processes shows
    /// them.
    Bucket {
        /// Its name.
        name: String,
        /// The prefix; empty for none.
        prefix: String,
    },
}

impl Place {
    /// A folder, or a bucket where the text begins with `s3://`.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let Some(behind) = text.strip_prefix("s3://") else { return Self::Folder(text.into()) };
        let (name, prefix) = behind.split_once('/').unwrap_or((behind, ""));
        Self::Bucket { name: name.to_owned(), prefix: prefix.trim_matches('/').to_owned() }
    }

    pub(super) fn open(&self) -> io::Result<Arc<dyn ObjectStore>> {
        match self {
            Self::Folder(folder) => {
                fs::create_dir_all(folder)?;
                let folder = fs::canonicalize(folder)?;
                // The folder's own name must outlast a power cut too.
                if let Some(parent) = folder.parent() {
                    fs::File::open(parent)?.sync_all()?;
                }
                let store = LocalFileSystem::new_with_prefix(folder)?;
                Ok(Arc::new(store.with_fsync(true).with_automatic_cleanup(true)))
            }
            Self::Bucket { name, prefix } => {
                let retry = RetryConfig { backoff: BackoffConfig::default(), max_retries: 5, retry_timeout: AGAIN };
                // Of the client's own settings only what the environment says of the way is kept: plain http where it is
                // allowed.
                let http = std::env::var("AWS_ALLOW_HTTP").is_ok_and(|said| said == "true");
                let client = ClientOptions::new().with_timeout(ANSWER).with_allow_http(http);
                let bucket = AmazonS3Builder::from_env().with_bucket_name(name).with_retry(retry);
                let store = bucket.with_client_options(client).build()?;
                Ok(if prefix.is_empty() {
                    Arc::new(store)
                } else {
                    Arc::new(PrefixStore::new(store, Key::from(prefix.as_str())))
                })
            }
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Folder(folder) => folder.display().fmt(f),
            Self::Bucket { name, prefix } if prefix.is_empty() => write!(f, "s3://{name}"),
            Self::Bucket { name, prefix } => write!(f, "s3://{name}/{prefix}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_is_told_from_a_folder() {
        let bucket = |name: &str, prefix: &str| Place::Bucket { name: name.to_owned(), prefix: prefix.to_owned() };
        for (text, place, shown) in [
            ("s3://ovop", bucket("ovop", ""), "s3://ovop"),
            ("s3://ovop/foto/2026/", bucket("ovop", "foto/2026"), "s3://ovop/foto/2026"),
            ("/srv/evidence", Place::Folder("/srv/evidence".into()), "/srv/evidence"),
        ] {
            assert_eq!((Place::parse(text), place.to_string().as_str()), (place, shown));
        }
    }
}
