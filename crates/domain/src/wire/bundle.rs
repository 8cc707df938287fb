//! The manifest of a bundle: what kind it is and what is in it (upload contract, section 4.7).

use super::{
    canonical,
    form::{Faults, Form, Members, Object, Refused, object, put, words},
    json,
};
use crate::{base64, digest::Digest};
use serde_json::Value;

/// The format's word.
pub const FORMAT: &str = "bintang-bundle/1";
/// How a key is made of a passphrase.
const KDF: &str = "PBKDF2-SHA-256";
/// How files are sealed.
const CIPHER: &str = "AES-256-GCM";

/// What a bundle is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// What a phone holds, to bring it back.
    Backup,
    /// One finished assessment on its way.
    Assessment,
    /// What a panel came to.
    Verdict,
}

/// A file in a bundle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its name, with slashes.
    pub path: String,
    /// Of its bytes.
    pub sha256: Digest,
    /// How many.
    pub bytes: u64,
}

/// How a locked bundle is locked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Encryption {
    /// Rounds of PBKDF2.
    pub rounds: u32,
    /// Its salt.
    pub salt: Vec<u8>,
}

/// What the first file of a bundle says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Manifest {
    /// What the bundle is for.
    pub kind: Kind,
    /// Every file but this one.
    pub files: Vec<File>,
    /// `None` where the files stand open.
    pub encryption: Option<Encryption>,
}

words! { Kind { Backup "backup", Assessment "assessment", Verdict "verdict" } }
object! { File { path, sha256, bytes } }

impl Form for Encryption {
    fn take(value: &Value, faults: &mut Faults) -> Self {
        let of = Object::of(value, faults);
        let (kdf, cipher, salt): (String, String, String) =
            (of.member("kdf", faults), of.member("cipher", faults), of.member("salt", faults));
        if kdf != KDF || cipher != CIPHER {
            faults.note("the way of encryption is not known here");
        }
        let salt = base64::read_url(&salt).unwrap_or_else(|| {
            faults.note("the salt is not base64url");
            Vec::new()
        });
        Self { rounds: of.member("rounds", faults), salt }
    }

    fn write(&self) -> Value {
        let mut of = Members::new();
        put(&mut of, "kdf", &KDF.to_owned());
        put(&mut of, "rounds", &self.rounds);
        put(&mut of, "salt", &base64::write_url(&self.salt));
        put(&mut of, "cipher", &CIPHER.to_owned());
        Value::Object(of)
    }
}

impl Form for Manifest {
    fn take(value: &Value, faults: &mut Faults) -> Self {
        let of = Object::of(value, faults);
        let format: String = of.member("format", faults);
        if format != FORMAT {
            faults.note("the format is not bintang-bundle/1");
        }
        Self {
            kind: of.member("kind", faults),
            files: of.member("files", faults),
            encryption: of.member("encryption", faults),
        }
    }

    fn write(&self) -> Value {
        let mut of = Members::new();
        put(&mut of, "format", &FORMAT.to_owned());
        put(&mut of, "kind", &self.kind);
        put(&mut of, "files", &self.files);
        if self.encryption.is_some() {
            put(&mut of, "encryption", &self.encryption);
        }
        Value::Object(of)
    }
}

impl Manifest {
    /// As it stands in the file.
    #[must_use]
    pub fn write_text(&self) -> String {
        canonical::write(&self.write())
    }

    /// Reads it.
    ///
    /// # Errors
    /// What is wrong and where.
    pub fn read_text(bytes: &[u8]) -> Result<Self, Refused> {
        Self::read(&json::read_exact(bytes).map_err(Refused::new)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manifest_is_written_as_the_contract_says() {
        let file = File { path: "a/b".to_owned(), sha256: Digest::of(b""), bytes: 0 };
        let open = Manifest { kind: Kind::Backup, files: vec![file], encryption: None };
        let sum = Digest::of(b"");
        let text = format!(
            "{{\"files\":[{{\"bytes\":0,\"path\":\"a/b\",\"sha256\":\"{sum}\"}}],\"format\":\"bintang-bundle/1\",\"kind\":\"backup\"}}"
        );
        assert_eq!(open.write_text(), text);
        assert_eq!(Manifest::read_text(text.as_bytes()), Ok(open.clone()));
        let encryption = Some(Encryption { rounds: 600_000, salt: vec![255; 16] });
        let locked = Manifest { encryption, ..open };
        assert_eq!(Manifest::read_text(locked.write_text().as_bytes()), Ok(locked));
    }

    #[test]
    fn what_is_wrong_has_a_place() {
        let at = |text: &str| Manifest::read_text(text.as_bytes()).unwrap_err().at;
        assert_eq!(at("{\"format\":\"bintang-bundle/2\",\"kind\":\"backup\",\"files\":[]}"), "");
        assert_eq!(at("{\"format\":\"bintang-bundle/1\",\"kind\":\"x\",\"files\":[]}"), "/kind");
        assert_eq!(at("{\"format\":\"bintang-bundle/1\",\"kind\":\"backup\",\"files\":[{}]}"), "/files/0/path");
        let encryption = "{\"format\":\"bintang-bundle/1\",\"kind\":\"backup\",\"files\":[],\"encryption\":\
                          {\"kdf\":\"x\",\"rounds\":1,\"salt\":\"\",\"cipher\":\"AES-256-GCM\"}}";
        assert_eq!(at(encryption), "/encryption");
    }
}
