//! Every page looks as the pictures in docs/screens: 360 px, Indonesian, three looks. `cargo xtask screens` makes them anew.
#![allow(clippy::indexing_slicing, clippy::unwrap_used, clippy::panic)]

use anyhow::{Context as _, Result};
use bintang_e2e::{
    Scenario,
    sample::repository,
    screens::{LOOKS, kept, screens},
};
use std::{fs, path::Path};

/// Of a thousand squares so many may be other ones.
const MAY_DIFFER: usize = 1;
/// Pixels of a side of a square. Letters are smoothed by where they lie between pixels, which is another place each time; the
/// mean of a square is the same.
const SIDE: usize = 4;
/// What the mean of a colour's part may be off, of 255.
const NEAR: u32 = 24;

/// Width, and the pixels' colours.
fn pixels(file: &Path) -> Result<(u32, Vec<u8>)> {
    let decoder = png::Decoder::new(std::io::BufReader::new(fs::File::open(file).context(file.display().to_string())?));
    let mut reader = decoder.read_info()?;
    let mut bytes = vec![0; reader.output_buffer_size().context("a size")?];
    let frame = reader.next_frame(&mut bytes)?;
    bytes.truncate(frame.buffer_size());
    // Drivers write with or without a channel that is opaque everywhere.
    let bytes = if frame.color_type == png::ColorType::Rgba {
        bytes.chunks(4).flat_map(|pixel| pixel[..3].to_vec()).collect()
    } else {
        bytes
    };
    Ok((frame.width, bytes))
}

/// How many of a thousand squares differ; all of them where the sizes do.
fn differing(one: &Path, other: &Path) -> Result<usize> {
    let ((width, one), (other_width, other)) = (pixels(one)?, pixels(other)?);
    if width != other_width || one.len() != other.len() {
        return Ok(1000);
    }
    let width = width as usize;
    let rows = one.len() / 3 / width;
    let squares = (0..rows / SIDE).flat_map(|down| (0..width / SIDE).map(move |across| (down, across)));
    let squares: Vec<(usize, usize)> = squares.collect();
    let mean = |bytes: &[u8], (down, across): (usize, usize), part: usize| {
        let places = (0..SIDE).flat_map(|y| (0..SIDE).map(move |x| (down * SIDE + y, across * SIDE + x)));
        places.map(|(y, x)| u32::from(bytes[(y * width + x) * 3 + part])).sum::<u32>() / (SIDE * SIDE) as u32
    };
    let differs = |square: &&(usize, usize)| {
        (0..3).any(|part| mean(&one, **square, part).abs_diff(mean(&other, **square, part)) > NEAR)
    };
    let count = squares.iter().filter(differs).count();
    Ok((count * 1000).div_ceil(squares.len()))
}

#[tokio::test]
async fn every_page_looks_as_it_did() -> Result<()> {
    let folder = repository().join("docs/screens");
    let recorded = fs::read_to_string(folder.join("browser.txt"))?;
    let scenario = Scenario::open().await?;
    let version = scenario.browser.version().await?;
    let anew = repository().join("target/screens");
    fs::create_dir_all(&anew)?;
    let mut others = Vec::new();
    let pages = screens(&scenario).await?;
    for screen in &pages {
        for look in LOOKS {
            scenario.show(screen, "id", look).await?;
            scenario.browser.as_tall_as_a_phone().await?;
            let name = kept(screen, look);
            scenario.portrait(&anew.join(&name)).await?;
            let differing = differing(&anew.join(&name), &folder.join(&name)).unwrap_or(1000);
            if differing > MAY_DIFFER {
                others.push(format!("{name}: {differing} of 1000 squares"));
            }
        }
    }
    if recorded.trim() != version {
        // Another browser draws otherwise.
        println!(
            "not compared: drawn with {}, this is {version}; made anew in {}: {others:#?}",
            recorded.trim(),
            anew.display()
        );
        return Ok(());
    }
    assert!(others.is_empty(), "look at {} and at docs/screens: {others:#?}", anew.display());
    Ok(())
}
