//! What a camera wrote into a picture: when and where it was taken (Exif 2.32, CIPA DC-008). Read before the picture is
//! scaled, because it is gone afterwards.

use crate::{subject::Coordinates, time::Millis};
use exif::{Exif, In, Rational, Reader, Tag, Value};
use std::io::Cursor;

/// A moment by the camera's clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// Year, month and day of the month, from 1.
    pub date: [u16; 3],
    /// Hour, minute and second.
    pub time: [u16; 3],
    /// Minutes that its time zone is ahead of UTC; `None` where the camera does not say, which is the phone's zone.
    pub offset: Option<i32>,
}

impl Moment {
    /// In milliseconds UTC, if its zone is so many minutes ahead of UTC.
    #[must_use]
    pub fn millis(&self, ahead: i32) -> Millis {
        let [year, month, day] = self.date.map(i64::from);
        let [hour, minute, second] = self.time.map(i64::from);
        // Days since 1970-01-01 in the Gregorian calendar, counted in years that begin in March.
        let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
        let days = 365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day - 1 - 719_468;
        let minutes = (days * 24 + hour) * 60 + minute - i64::from(self.offset.unwrap_or(ahead));
        Millis((minutes * 60 + second) * 1000)
    }
}

/// What a camera wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Taken {
    /// When.
    pub at: Option<Moment>,
    /// Where: latitude and longitude in 1e-7 degrees, and the radius in metres where the camera says one.
    pub place: Option<(i32, i32, u32)>,
}

impl Taken {
    /// The place, measured then.
    #[must_use]
    pub fn coordinates(&self, at: Millis) -> Option<Coordinates> {
        self.place.map(|(latitude, longitude, accuracy)| Coordinates { latitude, longitude, accuracy, at })
    }
}

/// Reads what a camera wrote into a JPEG; nothing where there is nothing, or nothing that can be read. Pictures of other
/// kinds keep what is in them, for no browser scales them that does not turn them into JPEGs first.
#[must_use]
pub fn read(bytes: &[u8]) -> Taken {
    let tiff = exif::get_exif_attr_from_jpeg(&mut Cursor::new(bytes));
    let Some(exif) = tiff.ok().and_then(|tiff| Reader::new().read_raw(tiff).ok()) else { return Taken::default() };
    Taken { at: moment(&exif), place: place(&exif) }
}

fn ascii(exif: &Exif, tag: Tag) -> Option<&str> {
    match &exif.get_field(tag, In::PRIMARY)?.value {
        Value::Ascii(texts) => std::str::from_utf8(texts.first()?).ok(),
        _ => None,
    }
}

fn numbers<const N: usize>(text: &str) -> Option<[u16; N]> {
    let mut parts = text.split(':');
    let mut numbers = [0; N];
    for number in &mut numbers {
        *number = parts.next()?.parse().ok()?;
    }
    parts.next().is_none().then_some(numbers)
}

fn moment(exif: &Exif) -> Option<Moment> {
    let (date, time) = ascii(exif, Tag::DateTimeOriginal)?.trim().split_once(' ')?;
    let (date, time) = (numbers::<3>(date)?, numbers::<3>(time)?);
    let [_, month, day] = date;
    let [hour, minute, second] = time;
    let offset = ascii(exif, Tag::OffsetTimeOriginal).and_then(offset);
    let possible = (1..=12).contains(&month) && (1..=31).contains(&day) && hour < 24 && minute < 60 && second < 61;
    possible.then_some(Moment { date, time, offset })
}

/// "+07:00" in minutes.
fn offset(text: &str) -> Option<i32> {
    let (sign, rest) = match text.trim().split_at_checked(1)? {
        ("+", rest) => (1, rest),
        ("-", rest) => (-1, rest),
        _ => return None,
    };
    let [hours, minutes] = numbers::<2>(rest)?;
    (hours < 15 && minutes < 60).then(|| sign * (i32::from(hours) * 60 + i32::from(minutes)))
}

fn rationals(exif: &Exif, tag: Tag) -> Option<&[Rational]> {
    match &exif.get_field(tag, In::PRIMARY)?.value {
        Value::Rational(values) => Some(values),
        _ => None,
    }
}

/// Degrees, minutes and seconds in 1e-7 degrees, negative where the reference says so.
fn angle(exif: &Exif, tag: Tag, reference: Tag, negative: &str, most: i64) -> Option<i32> {
    let mut sum = 0_i64;
    for (value, unit) in rationals(exif, tag)?.iter().zip([10_000_000_i64 * 3600, 10_000_000 * 60, 10_000_000]) {
        let part = i64::from(value.num).checked_mul(unit)?.checked_div(i64::from(value.denom))?;
        sum = sum.checked_add(part)?;
    }
    let degrees = sum / 3600;
    let degrees = if ascii(exif, reference)?.trim() == negative { -degrees } else { degrees };
    (degrees.abs() <= most * 10_000_000).then(|| i32::try_from(degrees).ok()).flatten()
}

fn place(exif: &Exif) -> Option<(i32, i32, u32)> {
    let latitude = angle(exif, Tag::GPSLatitude, Tag::GPSLatitudeRef, "S", 90)?;
    let longitude = angle(exif, Tag::GPSLongitude, Tag::GPSLongitudeRef, "W", 180)?;
    let error = rationals(exif, Tag::GPSHPositioningError).and_then(<[Rational]>::first);
    let accuracy = error.and_then(|error| error.num.checked_div(error.denom)).unwrap_or_default();
    // Cameras without a fix write zeros.
    ((latitude, longitude) != (0, 0)).then_some((latitude, longitude, accuracy))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A JPEG of nothing but a TIFF with these fields (tag, kind, data) in its folders of Exif and GPS.
    fn jpeg(exif: &[(u16, u16, &[u8])], gps: &[(u16, u16, &[u8])]) -> Vec<u8> {
        fn folder(at: u32, fields: &[(u16, u16, Vec<u8>)]) -> Vec<u8> {
            let mut data_at = at + 2 + 12 * u32::try_from(fields.len()).unwrap() + 4;
            let mut head = u16::try_from(fields.len()).unwrap().to_be_bytes().to_vec();
            let mut data: Vec<u8> = Vec::new();
            for (tag, kind, bytes) in fields {
                let size = [0, 1, 1, 2, 4, 8][usize::from(*kind)];
                head.extend(tag.to_be_bytes());
                head.extend(kind.to_be_bytes());
                head.extend(u32::try_from(bytes.len() / size).unwrap().to_be_bytes());
                if bytes.len() <= 4 {
                    head.extend(bytes.iter().copied().chain([0; 4]).take(4));
                } else {
                    head.extend(data_at.to_be_bytes());
                    data_at += u32::try_from(bytes.len()).unwrap();
                    data.extend(bytes);
                }
            }
            head.extend([0; 4]);
            head.extend(data);
            head
        }
        let own = |fields: &[(u16, u16, &[u8])]| {
            fields.iter().map(|(tag, kind, bytes)| (*tag, *kind, bytes.to_vec())).collect::<Vec<_>>()
        };
        let first_length = 2 + 2 * 12 + 4;
        let exif_at = 8 + first_length;
        let exif = folder(exif_at, &own(exif));
        let gps_at = exif_at + u32::try_from(exif.len()).unwrap();
        let pointers = [(0x8769, 4, exif_at.to_be_bytes().to_vec()), (0x8825, 4, gps_at.to_be_bytes().to_vec())];
        let mut tiff = b"MM\0\x2a\0\0\0\x08".to_vec();
        tiff.extend(folder(8, &pointers));
        tiff.extend(exif);
        tiff.extend(folder(gps_at, &own(gps)));
        let length = u16::try_from(tiff.len() + 8).unwrap().to_be_bytes();
        let start = [0xff, 0xd8, 0xff, 0xe1].as_slice();
        [start, &length, b"Exif\0\0", &tiff, &[0xff, 0xd9]].concat()
    }

    fn ratios(values: &[[u32; 2]]) -> Vec<u8> {
        values.iter().flatten().flat_map(|value| value.to_be_bytes()).collect()
    }

    fn picture() -> Vec<u8> {
        let (latitude, longitude) =
            (ratios(&[[7, 1], [14, 1], [44_444, 10_000]]), ratios(&[[108, 1], [14, 1], [444, 100]]));
        let exif: [(u16, u16, &[u8]); 2] = [(0x9003, 2, b"2026:11:24 14:05:09\0"), (0x9011, 2, b"+07:00\0")];
        let accuracy = ratios(&[[25, 2]]);
        let gps: [(u16, u16, &[u8]); 5] =
            [(1, 2, b"S\0"), (2, 5, &latitude), (3, 2, b"E\0"), (4, 5, &longitude), (31, 5, &accuracy)];
        jpeg(&exif, &gps)
    }

    #[test]
    fn time_and_place_are_read() {
        let taken = read(&picture());
        let moment = Moment { date: [2026, 11, 24], time: [14, 5, 9], offset: Some(420) };
        assert_eq!(taken, Taken { at: Some(moment), place: Some((-72_345_678, 1_082_345_666, 12)) });
        // 2026-11-24T07:05:09Z, `date -u -d … +%s`.
        assert_eq!(moment.millis(0), Millis(1_795_503_909_000));
        assert_eq!(Moment { offset: None, ..moment }.millis(480), Millis(1_795_500_309_000));
        assert_eq!(Moment { date: [1970, 1, 1], time: [0, 0, 0], offset: None }.millis(0), Millis(0));
        assert_eq!(Moment { date: [2000, 2, 29], time: [0, 0, 0], offset: None }.millis(0), Millis(951_782_400_000));
    }

    #[test]
    fn what_no_camera_means_is_not_taken() {
        let zero = ratios(&[[0, 1], [0, 1], [0, 1]]);
        let far = ratios(&[[91, 1], [0, 1], [0, 1]]);
        let broken = ratios(&[[7, 0], [0, 1], [0, 1]]);
        for latitude in [&zero, &far, &broken] {
            let gps: [(u16, u16, &[u8]); 4] = [(1, 2, b"N\0"), (2, 5, latitude), (3, 2, b"E\0"), (4, 5, &zero)];
            let exif: [(u16, u16, &[u8]); 1] = [(0x9003, 2, b"2026:13:24 14:05:09\0")];
            assert_eq!(read(&jpeg(&exif, &gps)), Taken::default());
        }
        assert_eq!(read(b""), Taken::default());
        assert_eq!(read(b"\xff\xd8\xff\xe1"), Taken::default());
    }

    proptest! {
        #[test]
        fn no_bytes_make_reading_fail_badly(edits in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6),
                                            cut in any::<prop::sample::Index>()) {
            let mut bytes = picture();
            for (at, byte) in edits {
                let at = at.index(bytes.len());
                bytes[at] = byte;
            }
            let _ = read(&bytes);
            bytes.truncate(cut.index(bytes.len() + 1));
            let _ = read(&bytes);
        }
    }
}
