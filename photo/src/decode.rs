//! Bytes to brightness, under limits.
//!
//! Purpose: the only decoder calls of the program. JPEG goes to `zune-jpeg`, which skips the
//! colour planes; PNG, GIF and WebP go to `image`. Every size is read from the header and held
//! against [`Limits`] before a pixel is decoded.

use std::io::Cursor;

use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader};
use zune_core::bytestream::ZCursor;
use zune_core::colorspace::ColorSpace;
use zune_core::options::DecoderOptions;
use zune_jpeg::JpegDecoder;

use crate::plane::Plane;

/// How much one picture may cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Longest input in bytes. Default 8 MiB: advertisement sites serve pictures of some hundred
    /// kilobytes, a camera's own file of 24 megapixels takes about 6 MiB.
    pub max_bytes: usize,
    /// Greatest width times height. Default 25 million: what current phone cameras make (24
    /// megapixels) just passes.
    pub max_pixels: u64,
    /// Most memory for decoding in bytes. Default 192 MiB: 25 million pixels of a progressive
    /// JPEG, which keeps 16 bits a colour plane until its last scan.
    pub max_alloc_bytes: u64,
    /// Most scans of a progressive JPEG. Default 32: encoders write 10 to 14, and each scan passes
    /// over the whole picture however few bytes it has.
    pub max_jpeg_scans: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_bytes: 8 << 20,
            max_pixels: 25_000_000,
            max_alloc_bytes: 192 << 20,
            max_jpeg_scans: 32,
        }
    }
}

/// Why a picture was not hashed. It names no file and no address: the caller knows which it was.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PhotoError {
    /// Too many bytes.
    #[error("picture of {found} bytes passes the limit of {limit}; raise `max_bytes` to read it")]
    TooManyBytes {
        /// Length of the input.
        found: u64,
        /// The limit.
        limit: u64,
    },
    /// Too many pixels.
    #[error(
        "picture of {width} x {height} pixels passes the limit of {limit}; raise `max_pixels` to read it"
    )]
    TooManyPixels {
        /// Width by its header.
        width: u64,
        /// Height by its header.
        height: u64,
        /// The limit.
        limit: u64,
    },
    /// Too much memory.
    #[error(
        "decoding a picture of {width} x {height} pixels passes the limit of {limit} bytes of memory; raise `max_alloc_bytes` to read it"
    )]
    TooMuchMemory {
        /// Width by its header.
        width: u64,
        /// Height by its header.
        height: u64,
        /// The limit.
        limit: u64,
    },
    /// None of the formats that are read.
    #[error("no picture in a format that is read; known: JPEG, PNG, WebP, GIF")]
    UnknownFormat,
    /// A known format, and broken.
    #[error("cannot decode {format}: {why}")]
    Broken {
        /// `JPEG`, `PNG`, `WebP` or `GIF`.
        format: &'static str,
        /// The decoder's words.
        why: String,
    },
}

/// A decoded picture: brightness only, shrunk, and the size it had.
pub(crate) struct Picture {
    pub(crate) plane: Plane,
    pub(crate) width: u32,
    pub(crate) height: u32,
}

pub(crate) fn decode(bytes: &[u8], limits: &Limits) -> Result<Picture, PhotoError> {
    if bytes.len() > limits.max_bytes {
        return Err(PhotoError::TooManyBytes {
            found: bytes.len() as u64,
            limit: limits.max_bytes as u64,
        });
    }
    match image::guess_format(bytes) {
        Ok(ImageFormat::Jpeg) => decode_jpeg(bytes, limits),
        Ok(ImageFormat::Png) => decode_other(bytes, limits, ImageFormat::Png, "PNG"),
        Ok(ImageFormat::Gif) => decode_other(bytes, limits, ImageFormat::Gif, "GIF"),
        Ok(ImageFormat::WebP) => decode_other(bytes, limits, ImageFormat::WebP, "WebP"),
        _ => Err(PhotoError::UnknownFormat),
    }
}

/// Holds the size of a header against the limits. `bytes_per_pixel` is what decoding will take.
fn check_size(
    (width, height): (u64, u64),
    bytes_per_pixel: u64,
    limits: &Limits,
) -> Result<(), PhotoError> {
    let pixels = width.saturating_mul(height);
    if pixels > limits.max_pixels {
        return Err(PhotoError::TooManyPixels {
            width,
            height,
            limit: limits.max_pixels,
        });
    }
    if pixels.saturating_mul(bytes_per_pixel) > limits.max_alloc_bytes {
        return Err(PhotoError::TooMuchMemory {
            width,
            height,
            limit: limits.max_alloc_bytes,
        });
    }
    Ok(())
}

fn decode_jpeg(bytes: &[u8], limits: &Limits) -> Result<Picture, PhotoError> {
    let broken = |why: String| PhotoError::Broken {
        format: "JPEG",
        why: one_line(&why),
    };
    let side_limit = usize::from(u16::MAX);
    let options = DecoderOptions::new_safe()
        .set_max_width(side_limit)
        .set_max_height(side_limit)
        .jpeg_set_max_scans(limits.max_jpeg_scans);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    decoder
        .decode_headers()
        .map_err(|error| broken(error.to_string()))?;
    let (width, height) = decoder
        .dimensions()
        .ok_or_else(|| broken("it states no size".to_owned()))?;
    let input = decoder
        .input_colorspace()
        .ok_or_else(|| broken("it states no colours".to_owned()))?;
    // The decoder's own planes: two bytes a pixel and component until the last scan of a
    // progressive picture, and the output.
    let taken = 2 * input.num_components() as u64;
    // The brightness of these is stored apart and needs no colour conversion.
    let output = match input {
        ColorSpace::YCbCr | ColorSpace::Luma => ColorSpace::Luma,
        _ => ColorSpace::RGB,
    };
    let n_channels = output.num_components();
    check_size(
        (width as u64, height as u64),
        taken + n_channels as u64,
        limits,
    )?;
    decoder.set_options(options.jpeg_set_out_colorspace(output));
    let pixels = decoder
        .decode()
        .map_err(|error| broken(error.to_string()))?;
    let row_bytes = width * n_channels;
    if pixels.len() < row_bytes * height || row_bytes == 0 {
        return Err(broken("it holds fewer pixels than it states".to_owned()));
    }
    let plane = Plane::shrunk(width, height, |y, row: &mut [f32]| {
        let source = &pixels[y * row_bytes..(y + 1) * row_bytes];
        if n_channels == 1 {
            from_luma(source, row);
        } else {
            from_rgb(source, row);
        }
    });
    Ok(Picture {
        plane,
        width: narrow(width),
        height: narrow(height),
    })
}

fn decode_other(
    bytes: &[u8],
    limits: &Limits,
    format: ImageFormat,
    name: &'static str,
) -> Result<Picture, PhotoError> {
    let broken = |error: image::ImageError| PhotoError::Broken {
        format: name,
        why: one_line(&error.to_string()),
    };
    let mut bounds = image::Limits::default();
    bounds.max_alloc = Some(limits.max_alloc_bytes);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(bounds);
    let decoder = reader.into_decoder().map_err(broken)?;
    let (width, height) = decoder.dimensions();
    let bytes_per_pixel = u64::from(decoder.color_type().bytes_per_pixel());
    // GIF and WebP decoders hold the canvas as RGBA beside the output, and `to_plane` makes such a
    // copy of a picture with 16 bits a channel.
    let copy = if format == ImageFormat::Png && bytes_per_pixel <= 4 {
        0
    } else {
        4
    };
    check_size(
        (u64::from(width), u64::from(height)),
        bytes_per_pixel + copy,
        limits,
    )?;
    if width == 0 || height == 0 {
        return Err(PhotoError::Broken {
            format: name,
            why: "it has no pixels".to_owned(),
        });
    }
    let decoded = DynamicImage::from_decoder(decoder).map_err(broken)?;
    Ok(Picture {
        plane: to_plane(&decoded),
        width,
        height,
    })
}

fn to_plane(decoded: &DynamicImage) -> Plane {
    let (width, height) = (decoded.width() as usize, decoded.height() as usize);
    let rows_of = |pixels: &[u8], n_channels: usize, convert: fn(&[u8], &mut [f32])| {
        Plane::shrunk(width, height, |y, row: &mut [f32]| {
            convert(&pixels[y * width * n_channels..][..width * n_channels], row);
        })
    };
    match decoded {
        DynamicImage::ImageLuma8(pixels) => rows_of(pixels, 1, from_luma),
        DynamicImage::ImageLumaA8(pixels) => rows_of(pixels, 2, from_luma_alpha),
        DynamicImage::ImageRgb8(pixels) => rows_of(pixels, 3, from_rgb),
        DynamicImage::ImageRgba8(pixels) => rows_of(pixels, 4, from_rgba),
        deep => rows_of(&deep.to_rgba8(), 4, from_rgba),
    }
}

fn from_luma(source: &[u8], row: &mut [f32]) {
    for (out, value) in row.iter_mut().zip(source) {
        *out = f32::from(*value);
    }
}

fn from_luma_alpha(source: &[u8], row: &mut [f32]) {
    for (out, pixel) in row.iter_mut().zip(source.chunks_exact(2)) {
        *out = on_white(f32::from(pixel[0]), pixel[1]);
    }
}

pub(crate) fn from_rgb(source: &[u8], row: &mut [f32]) {
    for (out, pixel) in row.iter_mut().zip(source.chunks_exact(3)) {
        *out = luma(pixel);
    }
}

fn from_rgba(source: &[u8], row: &mut [f32]) {
    for (out, pixel) in row.iter_mut().zip(source.chunks_exact(4)) {
        *out = on_white(luma(pixel), pixel[3]);
    }
}

/// Brightness by ITU-R BT.601, the coefficients that PDQ uses.
fn luma(pixel: &[u8]) -> f32 {
    0.299 * f32::from(pixel[0]) + 0.587 * f32::from(pixel[1]) + 0.114 * f32::from(pixel[2])
}

/// Pages show transparent pictures on white, and copies without transparency are made so.
fn on_white(luma: f32, alpha: u8) -> f32 {
    let alpha = f32::from(alpha) / 255.0;
    luma * alpha + 255.0 * (1.0 - alpha)
}

fn narrow(side: usize) -> u32 {
    u32::try_from(side).unwrap_or(u32::MAX)
}

/// A decoder's message as one short line: broken files put whole chunks into it.
fn one_line(why: &str) -> String {
    why.chars()
        .map(|sign| if sign.is_control() { ' ' } else { sign })
        .take(160)
        .collect()
}
