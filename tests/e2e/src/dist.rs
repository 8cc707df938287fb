//! The built app, as it is or with something changed.

use anyhow::{Context as _, Result, bail};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use bintang_domain::digest::Digest;
use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};
use tempfile::TempDir;

/// A folder with the app.
#[derive(Debug, Clone)]
pub struct Dist {
    folder: PathBuf,
    _kept: Option<Arc<TempDir>>,
}

impl Dist {
    /// The app as built: the folder in `BINTANG_DIST`, else `dist` in the repository.
    ///
    /// # Errors
    /// It is not built.
    pub fn built() -> Result<Self> {
        let folder = std::env::var_os("BINTANG_DIST")
            .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../dist"), PathBuf::from);
        if !folder.join("index.html").is_file() {
            bail!("there is no built app in {}: run `cargo xtask build`, or set BINTANG_DIST", folder.display());
        }
        Ok(Self { folder, _kept: None })
    }

    /// Where it is.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    fn copy(&self) -> Result<Self> {
        let kept = tempfile::tempdir()?;
        copy_folder(&self.folder, kept.path())?;
        Ok(Self { folder: kept.path().to_path_buf(), _kept: Some(Arc::new(kept)) })
    }

    /// With a script that runs before everything else on the page: how faults get into an app that has no door for them.
    ///
    /// # Errors
    /// The page is not as expected.
    pub fn with_script(&self, script: &str) -> Result<Self> {
        let dist = self.copy()?;
        dist.put("fault.js", script.as_bytes())?;
        let page = dist.read("index.html")?;
        let at = page.find("<script").context("the page has no script")?;
        let (before, after) = page.split_at(at);
        dist.change("index.html", &format!("{before}<script src=\"fault.js\"></script>\n{after}"))?;
        Ok(dist)
    }

    /// With another content of one of its files.
    ///
    /// # Errors
    /// The file is not there.
    pub fn with_file(&self, name: &str, content: &str) -> Result<Self> {
        let dist = self.copy()?;
        dist.change(name, content)?;
        Ok(dist)
    }

    /// Without one of its files; the service worker still wants it.
    ///
    /// # Errors
    /// The file is not there.
    pub fn without(&self, name: &str) -> Result<Self> {
        let dist = self.copy()?;
        dist.forget_twins(name);
        fs::remove_file(dist.folder.join(name)).with_context(|| name.to_owned())?;
        Ok(dist)
    }

    /// With another content of one of its files, of which the service worker knows nothing.
    ///
    /// # Errors
    /// The file is not there.
    pub fn with_altered(&self, name: &str, content: &str) -> Result<Self> {
        let dist = self.copy()?;
        fs::metadata(dist.folder.join(name)).with_context(|| name.to_owned())?;
        dist.put(name, content.as_bytes())?;
        Ok(dist)
    }

    /// With a file beside the others of which neither the page nor the service worker knows.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn with_beside(&self, name: &str, content: &str) -> Result<Self> {
        let dist = self.copy()?;
        dist.put(name, content.as_bytes())?;
        Ok(dist)
    }

    /// With another version of the service worker.
    ///
    /// # Errors
    /// The worker is not as expected.
    pub fn with_new_version(&self, version: &str) -> Result<Self> {
        let dist = self.copy()?;
        let worker = dist.read("sw.js")?;
        let (before, rest) = worker.split_once("VERSION = \"").context("sw.js names no version")?;
        let (_, after) = rest.split_once('"').context("sw.js names no version")?;
        dist.put("sw.js", format!("{before}VERSION = \"{version}\"{after}").as_bytes())?;
        Ok(dist)
    }

    /// With a service worker that never gets to the end of one file when it keeps them: it has all its bytes, and waits for
    /// more. A cache named `held` says that it does.
    ///
    /// # Errors
    /// The worker is not as expected.
    pub fn held_at(&self, name: &str) -> Result<Self> {
        const KEEP: &str = "await cache.put(url, response);";
        let dist = self.copy()?;
        let worker = dist.read("sw.js")?;
        let (before, after) = worker.split_once(KEEP).context("sw.js keeps no file")?;
        let hold = format!(
            "if (url.endsWith({name:?})) {{
              const bytes = new Uint8Array(await response.arrayBuffer());
              const endless = new ReadableStream({{ start: (to) => to.enqueue(bytes) }});
              const put = cache.put(url, new Response(endless));
              await caches.open('held');
              await put;
            }} else {KEEP}"
        );
        dist.put("sw.js", format!("{before}{hold}{after}").as_bytes())?;
        Ok(dist)
    }

    /// The names of its files that end so, without what lies in folders.
    ///
    /// # Errors
    /// The folder cannot be read.
    pub fn files(&self, ending: &str) -> Result<Vec<String>> {
        let mut names = Vec::new();
        for entry in fs::read_dir(&self.folder)? {
            names.extend(entry?.file_name().into_string().ok().filter(|name| name.ends_with(ending)));
        }
        names.sort();
        Ok(names)
    }

    /// A file's text.
    ///
    /// # Errors
    /// It is not there.
    pub fn read(&self, name: &str) -> Result<String> {
        fs::read_to_string(self.folder.join(name)).with_context(|| name.to_owned())
    }

    /// Changes a file that the service worker knows by its sum.
    fn change(&self, name: &str, content: &str) -> Result<()> {
        let before = integrity(self.read(name)?.as_bytes());
        self.put(name, content.as_bytes())?;
        let worker = self.read("sw.js")?.replace(&before, &integrity(content.as_bytes()));
        self.put("sw.js", worker.as_bytes())
    }

    /// A file's compressed twins would say something else once it is changed.
    fn forget_twins(&self, name: &str) {
        for twin in ["br", "gz"] {
            let _ = fs::remove_file(self.folder.join(format!("{name}.{twin}")));
        }
    }

    /// Writes a file.
    fn put(&self, name: &str, content: &[u8]) -> Result<()> {
        self.forget_twins(name);
        fs::write(self.folder.join(name), content).with_context(|| name.to_owned())
    }
}

fn integrity(content: &[u8]) -> String {
    format!("sha256-{}", STANDARD.encode(Digest::of(content).bytes()))
}

fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            fs::create_dir(&target)?;
            copy_folder(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
