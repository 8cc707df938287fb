//! What is sent: finishings of a worked example, each with ids of its own.

use anyhow::{Context as _, Result};
use bintang_domain::{
    digest::Digest,
    id::{AssessmentId, NodeId, SubmissionId},
    time::Millis,
    wire::envelope::{Envelope, EvidenceEntry},
};
use std::time::{SystemTime, UNIX_EPOCH};

/// The product that everything is about, so that whoever runs the endpoint knows what it was.
pub const PRODUCT: &str = "bintang conform";

/// A worked example as docs/assessment.md describes it.
const EXAMPLE: &[u8] = include_bytes!("../../../../docs/examples/first.json");

/// A new finishing, of an assessment of its own, with these files.
pub fn envelope(files: &[&[u8]]) -> Result<Envelope> {
    let (mut envelope, _) = Envelope::open(EXAMPLE).map_err(|refused| anyhow::anyhow!("{refused:?}"))?;
    let now = Millis(SystemTime::now().duration_since(UNIX_EPOCH)?.as_millis().try_into()?);
    envelope.assessment = AssessmentId::new(now, &random()?);
    envelope.id = SubmissionId::new(now, &random()?);
    envelope.replaces = None;
    envelope.signatures.clear();
    envelope.subject.product = PRODUCT.to_owned();
    envelope.evidence = files.iter().map(|file| entry(file)).collect::<Result<_>>()?;
    Ok(envelope)
}

fn entry(bytes: &[u8]) -> Result<EvidenceEntry> {
    Ok(EvidenceEntry {
        sha256: Digest::of(bytes),
        media_type: "image/jpeg".to_owned(),
        bytes: bytes.len().try_into()?,
        criterion: NodeId::parse("A.I.1").ok().context("a criterion")?,
        option: None,
        taken_at: None,
        coordinates: None,
        caption: String::new(),
    })
}

/// Bytes that no endpoint has seen before.
pub fn bytes(length: usize) -> Result<Vec<u8>> {
    let mut bytes = vec![0; length];
    getrandom::fill(&mut bytes).map_err(|error| anyhow::anyhow!("{error}"))?;
    Ok(bytes)
}

fn random() -> Result<[u8; 10]> {
    bytes(10)?.try_into().ok().context("ten bytes")
}
