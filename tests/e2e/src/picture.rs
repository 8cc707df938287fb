//! Photos as a camera makes them: JPEGs that the browser draws, with the camera's own words put in.

use crate::browser::Browser;
use anyhow::{Context as _, Result};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use std::path::{Path, PathBuf};

/// A photo to be made.
#[derive(Debug, Clone, Copy)]
pub struct Picture {
    /// Width and height in pixels as they are stored.
    pub size: (u32, u32),
    /// How it must be turned (Exif tag 274): 1 not at all, 6 a quarter to the right.
    pub orientation: u16,
    /// Makes one unlike the others.
    pub number: u32,
}

impl Picture {
    /// A picture of a phone held upright.
    #[must_use]
    pub const fn upright(number: u32) -> Self {
        Self { size: (2400, 1800), orientation: 6, number }
    }

    /// Makes it, and writes it into the folder.
    ///
    /// # Errors
    /// The browser cannot draw it, or the file cannot be written.
    pub async fn write(self, browser: &Browser, folder: &Path) -> Result<PathBuf> {
        let drawn = self.draw(browser).await?;
        self.put(folder, &with_exif(&drawn, self.orientation)?)
    }

    /// The same without a camera's words: no time, no place.
    ///
    /// # Errors
    /// As [`Picture::write`].
    pub async fn plain(self, browser: &Browser, folder: &Path) -> Result<PathBuf> {
        let drawn = self.draw(browser).await?;
        self.put(folder, &drawn)
    }

    fn put(self, folder: &Path, bytes: &[u8]) -> Result<PathBuf> {
        let file = folder.join(format!("foto-{}.jpg", self.number));
        std::fs::write(&file, bytes)?;
        Ok(file)
    }

    async fn draw(self, browser: &Browser) -> Result<Vec<u8>> {
        // The left half is dark, the right one light; dots make it weigh what photos weigh.
        const DRAW: &str = "const [width, height, number] = arguments;
            const canvas = Object.assign(document.createElement('canvas'), { width, height });
            const brush = canvas.getContext('2d');
            brush.fillStyle = '#eee';
            brush.fillRect(0, 0, width, height);
            brush.fillStyle = '#123';
            brush.fillRect(0, 0, width / 2, height);
            for (let i = 0; i < 4000; i++) {
                brush.fillStyle = `hsl(${(i * 7 + number * 40) % 360} 60% 50%)`;
                brush.fillRect((i * 7919 + number) % width, (i * 104729) % height, 9, 9);
            }
            done(canvas.toDataURL('image/jpeg', 0.92).split(',')[1]);";
        let (width, height) = self.size;
        let drawn = browser.script_until_done(DRAW, &[width.into(), height.into(), self.number.into()]).await?;
        Ok(STANDARD.decode(drawn.as_str().context("a picture")?)?)
    }
}

/// Puts an Exif segment behind the start of a JPEG: orientation, time (2026-11-24 14:05:09 +07:00) and place
/// (7.2345678 S, 108.2345666 E, within 12 m).
fn with_exif(jpeg: &[u8], orientation: u16) -> Result<Vec<u8>> {
    let (start, rest) = jpeg.split_at_checked(2).context("a JPEG")?;
    let tiff = tiff(orientation);
    let length = u16::try_from(2 + 6 + tiff.len())?;
    let segment = [&[0xff, 0xe1][..], &length.to_be_bytes(), b"Exif\0\0", &tiff].concat();
    Ok([start, &segment, rest].concat())
}

type Field = (u16, u16, Vec<u8>);

/// A folder of fields that begins at `at` (TIFF 6.0, section 2).
fn folder(at: usize, fields: &[Field]) -> Vec<u8> {
    let small = |number: usize| u32::try_from(number).unwrap_or_default().to_be_bytes();
    let (mut head, mut data) = (u16::try_from(fields.len()).unwrap_or_default().to_be_bytes().to_vec(), Vec::new());
    let data_at = at + 2 + 12 * fields.len() + 4;
    for (tag, kind, bytes) in fields {
        let size = match kind {
            3 => 2,
            4 => 4,
            5 => 8,
            _ => 1,
        };
        head.extend([tag.to_be_bytes(), kind.to_be_bytes()].concat());
        head.extend(small(bytes.len() / size));
        if bytes.len() > 4 {
            head.extend(small(data_at + data.len()));
            data.extend(bytes);
        } else {
            head.extend(bytes.iter().copied().chain([0; 4]).take(4));
        }
    }
    [head, vec![0; 4], data].concat()
}

fn tiff(orientation: u16) -> Vec<u8> {
    let ratios =
        |values: &[[u32; 2]]| values.iter().flatten().flat_map(|value| value.to_be_bytes()).collect::<Vec<u8>>();
    let text = |text: &str| [text.as_bytes(), &[0]].concat();
    let exif_at = 8 + 2 + 3 * 12 + 4;
    let exif = folder(exif_at, &[(0x9003, 2, text("2026:11:24 14:05:09")), (0x9011, 2, text("+07:00"))]);
    let gps_at = exif_at + exif.len();
    let gps = folder(
        gps_at,
        &[
            (1, 2, text("S")),
            (2, 5, ratios(&[[7, 1], [14, 1], [44_444, 10_000]])),
            (3, 2, text("E")),
            (4, 5, ratios(&[[108, 1], [14, 1], [444, 100]])),
            (31, 5, ratios(&[[12, 1]])),
        ],
    );
    let at = |place: usize| u32::try_from(place).unwrap_or_default().to_be_bytes().to_vec();
    let first =
        folder(8, &[(274, 3, orientation.to_be_bytes().to_vec()), (0x8769, 4, at(exif_at)), (0x8825, 4, at(gps_at))]);
    [b"MM\0\x2a\0\0\0\x08".to_vec(), first, exif, gps].concat()
}
