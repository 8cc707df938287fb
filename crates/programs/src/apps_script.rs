//! The Apps Script sample itself, in an engine of its own, with the services that it asks Google for.

use crate::sample;
use anyhow::{Context as _, Result, anyhow, ensure};
use bintang_domain::digest::Digest;
use rquickjs::{CatchResultExt as _, Context, Ctx, Function, Object, Runtime};
use serde_json::Value;
use std::{
    fs,
    sync::mpsc::{Receiver, Sender, channel},
    thread,
};

const GOOGLE: &str = include_str!("apps_script/google.js");
/// What the sample has in the place of the folder's id.
const FOLDER: &str = "ID OF A FOLDER";

/// A question, and where its answer goes.
enum Question {
    /// A document that was posted.
    Posted(String, Sender<String>),
    /// What is kept.
    Kept(Sender<String>),
}

/// The sample, running. Clones are the same one; it ends with the last of them.
#[derive(Debug, Clone)]
pub struct AppsScript(Sender<Question>);

impl AppsScript {
    /// Starts it, with nothing kept.
    ///
    /// # Errors
    /// The sample cannot be read, or does not run.
    pub fn start() -> Result<Self> {
        let script = fs::read_to_string(sample("apps-script.gs"))?;
        ensure!(script.contains(FOLDER), "the sample has its folder elsewhere");
        let script = script.replace(FOLDER, "folder-of-the-test");
        let (questions, asked) = channel();
        let (tell, started) = channel();
        thread::spawn(move || {
            // An engine lives on one thread.
            let engine = engine(&script);
            let _ = tell.send(engine.as_ref().map(drop).map_err(|error| anyhow!("{error:#}")));
            if let Ok(context) = engine {
                answers(&context, &asked);
            }
        });
        started.recv().context("the engine ended")??;
        Ok(Self(questions))
    }

    /// What it says of a document.
    #[must_use]
    pub fn says(&self, document: &Value) -> String {
        self.ask(|tell| Question::Posted(document.to_string(), tell))
    }

    /// What it keeps: `{"documents","photos","rows","broken"}`.
    #[must_use]
    pub fn kept(&self) -> Value {
        serde_json::from_str(&self.ask(Question::Kept)).unwrap_or_default()
    }

    fn ask(&self, question: impl FnOnce(Sender<String>) -> Question) -> String {
        let (tell, told) = channel();
        let sent = self.0.send(question(tell)).map_err(|_| ());
        // A script that ended says nothing, which is no receipt.
        sent.and_then(|()| told.recv().map_err(|_| ())).unwrap_or_default()
    }
}

fn engine(script: &str) -> Result<Context> {
    let context = Context::full(&Runtime::new()?)?;
    context.with(|ctx| {
        let run = |source: &str| ctx.eval::<(), _>(source).catch(&ctx).map_err(|error| anyhow!("{error}"));
        ctx.globals().set("host", host(&ctx)?)?;
        run(GOOGLE)?;
        run(script)
    })?;
    Ok(context)
}

/// What JavaScript does not have.
fn host<'js>(ctx: &Ctx<'js>) -> Result<Object<'js>> {
    let host = Object::new(ctx.clone())?;
    let sum =
        |bytes: Vec<i8>| signed(Digest::of(&bytes.into_iter().map(i8::cast_unsigned).collect::<Vec<_>>()).bytes());
    host.set("sum", Function::new(ctx.clone(), sum)?)?;
    let of_text = |text: String| signed(Digest::of(text.as_bytes()).bytes());
    host.set("sumOfText", Function::new(ctx.clone(), of_text)?)?;
    let decoded = |text: String| decoded(&text).map(|bytes| signed(&bytes));
    host.set("decoded", Function::new(ctx.clone(), decoded)?)?;
    host.set("log", Function::new(ctx.clone(), |text: String| eprintln!("the script: {text}"))?)?;
    Ok(host)
}

fn signed(bytes: &[u8]) -> Vec<i8> {
    bytes.iter().map(|byte| byte.cast_signed()).collect()
}

fn decoded(text: &str) -> Option<Vec<u8>> {
    use base64::{Engine as _, engine::general_purpose::STANDARD};
    STANDARD.decode(text).ok()
}

fn answers(context: &Context, asked: &Receiver<Question>) {
    while let Ok(question) = asked.recv() {
        let call = |name: &str, arguments: Option<String>| {
            context.with(|ctx| {
                let function: rquickjs::Result<Function<'_>> = ctx.globals().get(name);
                let said = function.and_then(|function| match arguments {
                    Some(body) => function.call::<_, String>((body,)),
                    None => function.call::<_, String>(()),
                });
                said.catch(&ctx).unwrap_or_else(|error| format!("<title>Error</title>{error}"))
            })
        };
        let (said, tell) = match question {
            Question::Posted(body, tell) => (call("asked", Some(body)), tell),
            Question::Kept(tell) => (call("kept", None), tell),
        };
        // Who does not wait any more has no use for it.
        let _ = tell.send(said);
    }
}
