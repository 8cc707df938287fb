//! The scorer inside a page of another site: its looks and the page's.
#![allow(clippy::indexing_slicing, clippy::unwrap_used, clippy::panic)]

use anyhow::Result;
use bintang_e2e::{Embed, Engine, in_every_engine};
use serde_json::{Value, json};

in_every_engine!(
    no_style_of_the_page_gets_in_and_none_gets_out,
    old_bootstrap_and_jquery_get_along,
    a_page_from_right_to_left_and_a_narrow_column,
);

/// What a person needs of a sheet that is shown: letters of a size, rows that can be hit, nothing wider than its place.
const LOOKS_WELL: &str = "const box = root.querySelector('.bintang-box').getBoundingClientRect();
    const row = root.querySelector('.option').getBoundingClientRect();
    const letters = getComputedStyle(root.querySelector('.option__label'));
    const bar = getComputedStyle(root.querySelector('.livebar'));
    const wide = [...root.querySelectorAll('.bintang-root *')].filter((each) => each.checkVisibility() && !each.closest('.parts, .visually-hidden')
        && !each.matches('.visually-hidden *, .parts *') && each.getBoundingClientRect().right > box.right + 1).map((each) => each.className || each.tagName);
    return { height: row.height, size: letters.fontSize, colour: letters.color, ground: bar.backgroundColor, place: bar.position, wide: wide.slice(0, 5),
        width: box.width, visible: row.width > 200, family: letters.fontFamily };";

async fn no_style_of_the_page_gets_in_and_none_gets_out(engine: Engine) -> Result<()> {
    let embed = Embed::open_in(engine).await?;
    let own = "<p id=\"own\">Situs dinas</p>";
    embed.show(&format!("{own}{}", embed.lines("rubric=\"food\""))).await?;
    embed.stands(0).await?;
    let quiet = embed.script(0, LOOKS_WELL, &[]).await?;
    assert_eq!(quiet["wide"], json!([]), "{quiet}");
    assert_eq!((&quiet["size"], &quiet["place"]), (&json!("16px"), &json!("sticky")), "{quiet}");
    assert!(quiet["height"].as_f64().unwrap() >= 48.0, "{quiet}");
    // Everything at once for the element and what stands beside it; of what is around them only what does not move them.
    let style = "<style>* { all: unset !important; } :is(bintang-scorer, #own, bintang-scorer *) { display: inline !important;
        font: 40px cursive !important; color: red !important; position: fixed !important; width: 13px !important; opacity: .1 !important;
        visibility: hidden !important; transform: rotate(3deg) !important; pointer-events: none !important; float: right !important;
        letter-spacing: 9px !important; text-transform: uppercase !important; line-height: 3px !important; --a: 9px; --color-text: red; }
        html { font-size: 7px !important; } html, body { display: block !important; } head, head * { display: none !important }
        .option, .bar, label { display: none !important }</style>";
    let before = "return JSON.stringify(['color', 'font', 'display', 'margin'].map((name) => getComputedStyle(document.querySelector('#own'))[name]))";
    embed.show_with(style, own, "").await?;
    let alone = embed.browser().script(before, &[]).await?;
    embed.show_with(style, &format!("{own}{}", embed.lines("rubric=\"food\" name=\"other\"")), "").await?;
    embed.stands(0).await?;
    let hostile = embed.script(0, LOOKS_WELL, &[]).await?;
    for what in ["size", "colour", "ground", "place", "family", "wide"] {
        assert_eq!(hostile[what], quiet[what], "{what}: {hostile}");
    }
    assert!(hostile["height"].as_f64().unwrap() >= 48.0, "{hostile}");
    // A person can still press in it: the driver refuses what lies under something else.
    embed.answer(0, "A.I.1-a").await?;
    assert_eq!(embed.browser().script(before, &[]).await?, alone);
    embed.scenario.screenshot("embed-hostile").await?;

    // What a page may set.
    let style = "<style>bintang-scorer { --bintang-brand: rgb(0, 80, 40); --bintang-radius: 0px; }</style>";
    embed.show_with(style, &embed.lines("rubric=\"food\""), "").await?;
    embed.stands(0).await?;
    assert_eq!(embed.script(0, LOOKS_WELL, &[]).await?["ground"], "rgb(0, 80, 40)");
    Ok(())
}

async fn old_bootstrap_and_jquery_get_along(engine: Engine) -> Result<()> {
    let embed = Embed::open_in(engine).await?;
    // What Bootstrap 3 sets for all pages, and what such pages do with scripts: a form around it, keys and taps that the
    // page takes for itself, elements looked up by id, a prototype that was added to.
    let style = "<style>html { font-size: 10px; -webkit-tap-highlight-color: transparent } body { font: 14px/1.42857143 \"Helvetica Neue\", Arial; color: #333 }
        * { box-sizing: border-box } label { display: inline-block; max-width: 100%; margin-bottom: 5px; font-weight: 700 }
        input[type=radio] { margin: 4px 0 0; line-height: normal } fieldset { min-width: 0; padding: 0; margin: 0; border: 0 }
        .page { display: none } .card { float: left; width: 50% } .bar { height: 3px; overflow: hidden } .row { margin: 0 -15px } .button { display: none }</style>
        <script src=\"old.js\"></script>";
    embed.put(
        "old.js",
        "window.$ = (id) => document.getElementById(id); Array.prototype.each = function () {}; window.submitted = 0;
        addEventListener('DOMContentLoaded', () => {
            document.forms[0].addEventListener('submit', (event) => { event.preventDefault(); window.submitted += 1; });
            document.addEventListener('keydown', (event) => { window.keys = (window.keys || 0) + 1; });
        });",
        "",
    );
    let form = format!(
        "<form action=\"/x\"><input name=\"a\"><div id=\"title\">x</div>{}<button>Kirim</button></form>",
        embed.lines("rubric=\"food\"")
    );
    embed.show_with(style, &form, "").await?;
    embed.stands(0).await?;
    let seen = embed.script(0, LOOKS_WELL, &[]).await?;
    assert_eq!(
        (&seen["size"], &seen["wide"], &seen["place"]),
        (&json!("16px"), &json!([]), &json!("sticky")),
        "{seen}"
    );
    embed.answer(0, "A.I.1-b").await?;
    embed.answer(0, "A.I.2-a").await?;
    // Nothing of the scorer is the form's.
    let form = embed
        .browser()
        .script("return [...new FormData(document.forms[0]).keys()].concat(window.submitted)", &[])
        .await?;
    assert_eq!(form, json!(["a", 0]));
    assert_eq!(embed.heard("error").await?, Vec::<Value>::new());
    embed.scenario.screenshot("embed-bootstrap").await?;
    Ok(())
}

async fn a_page_from_right_to_left_and_a_narrow_column(engine: Engine) -> Result<()> {
    let embed = Embed::open_in(engine).await?;
    let column = format!(
        "<div dir=\"rtl\" style=\"width: 300px\" id=\"column\">{}<p slot=\"footer\">x</p></div>",
        embed.lines("rubric=\"food\"")
    )
    .replace(
        "></bintang-scorer>",
        "><h2 slot=\"title\">Judul situs</h2><p slot=\"footer\">Kaki situs</p></bintang-scorer>",
    );
    embed.show(&column).await?;
    embed.stands(0).await?;
    let seen = embed.script(0, LOOKS_WELL, &[]).await?;
    assert_eq!((&seen["width"], &seen["wide"], &seen["place"]), (&json!(300), &json!([]), &json!("sticky")), "{seen}");
    // It is written in its own language's direction.
    let words = embed.script(0, "const place = root.querySelector('.bintang-root'); return [place.dir, getComputedStyle(place).direction, root.host.getBoundingClientRect().width]", &[]).await?;
    assert_eq!(words, json!(["ltr", "ltr", 300]));
    let slots = embed.script(0, "return [...element.children].map((child) => child.assignedSlot?.name + ':' + (child.getBoundingClientRect().height > 5))", &[]).await?;
    assert_eq!(slots, json!(["title:true", "footer:true"]));
    embed.answer(0, "A.I.1-b").await?;
    embed.scenario.screenshot("embed-column").await?;
    Ok(())
}
