//! Pictures: hashing, and search among hashes.
//!
//! Peers (`WAAKLICHT_PEERS=1`): PyPI `pdqhash`, which wraps Meta's C++, on the same pixels and
//! files; `faiss` on the same hashes. Install: `pip install numpy pillow pdqhash faiss-cpu`.

use std::fs;

use benches::made::{Numbers, pdq, picture, turned};
use benches::{peer, rate, report, report_peak_memory, seconds};
use image::codecs::jpeg::JpegEncoder;
use linker::HammingIndex;
use model::PhotoHash;
use photo::Limits;

const N_PICTURES: usize = 60;
const N_HASHES: usize = 1_000_000;
const N_QUERIES: usize = 2_000;

const DECODED: &str = r"
import sys, time, glob, numpy as np, pdqhash
from PIL import Image
I = [np.asarray(Image.open(f).convert('RGB')) for f in sorted(glob.glob(sys.argv[1] + '/*.jpg'))]
t = time.process_time()
for i in I: pdqhash.compute(i)
print(len(I) / (time.process_time() - t))
";

const FROM_FILE: &str = r"
import sys, time, glob, io, numpy as np, pdqhash
from PIL import Image
B = [open(f, 'rb').read() for f in sorted(glob.glob(sys.argv[1] + '/*.jpg'))]
t = time.process_time()
for b in B: pdqhash.compute(np.asarray(Image.open(io.BytesIO(b)).convert('RGB')))
print(len(B) / (time.process_time() - t))
";

const FAISS: &str = r"
import sys, time, numpy as np, faiss
faiss.omp_set_num_threads(1)
H = np.fromfile(sys.argv[1] + '/hashes.bin', np.uint8).reshape(-1, 32)
Q = np.fromfile(sys.argv[1] + '/queries.bin', np.uint8).reshape(-1, 32)[:200]
ix = faiss.IndexBinaryMultiHash(256, 16, 16); ix.nflip = 1
ix.add(H)
t = time.process_time(); ix.range_search(Q, 32)
print(len(Q) / (time.process_time() - t))
";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    hashing()?;
    search()?;
    report_peak_memory("photos_peak_memory");
    Ok(())
}

fn hashing() -> Result<(), Box<dyn std::error::Error>> {
    let folder = tempfile::tempdir()?;
    let mut decoded = Vec::new();
    let mut files = Vec::new();
    for seed in 0..N_PICTURES {
        let picture = picture(seed as u64, 800, 600);
        let mut bytes = Vec::new();
        JpegEncoder::new_with_quality(&mut bytes, 85).encode_image(&picture)?;
        fs::write(folder.path().join(format!("{seed:03}.jpg")), &bytes)?;
        decoded.push(picture.into_raw());
        files.push(bytes);
    }
    let n_bytes: usize = files.iter().map(Vec::len).sum();
    report(
        "photo_jpeg_mean",
        n_bytes as f64 / N_PICTURES as f64 / 1024.0,
        "KiB",
    );
    let (ours, found) = rate("photo_pdq_decoded_800px", N_PICTURES, "pictures/s", || {
        decoded
            .iter()
            .filter_map(|rgb| photo::pdq_of_rgb(800, 600, rgb))
            .count()
    });
    assert_eq!(found, N_PICTURES);
    peer(
        "peer-pdqhash-decoded",
        ours,
        "pictures/s",
        DECODED,
        folder.path(),
    );
    let limits = Limits::default();
    let (ours, found) = rate("photo_hash_jpeg_800px", N_PICTURES, "pictures/s", || {
        files
            .iter()
            .filter_map(|bytes| photo::hash(bytes, &limits).ok())
            .filter(|hashes| hashes.pdq.is_some())
            .count()
    });
    assert_eq!(found, N_PICTURES);
    peer(
        "peer-pdqhash-jpeg",
        ours,
        "pictures/s",
        FROM_FILE,
        folder.path(),
    );
    Ok(())
}

fn search() -> Result<(), Box<dyn std::error::Error>> {
    let mut numbers = Numbers(5);
    let hashes: Vec<PhotoHash> = (0..N_HASHES).map(|_| pdq(&mut numbers)).collect();
    // Half of the queries are copies of a stored picture, within 31 bits.
    let queries: Vec<PhotoHash> = (0..N_QUERIES)
        .map(|at| {
            if at % 2 == 0 {
                let from = &hashes[numbers.below(N_HASHES as u64) as usize];
                turned(from, 31, &mut numbers)
            } else {
                pdq(&mut numbers)
            }
        })
        .collect();
    let (_, index) = seconds("photo_index_1m_build", || HammingIndex::new(&hashes));
    let (ours, n_found) = rate("photo_search_1m_within_31", N_QUERIES, "queries/s", || {
        queries
            .iter()
            .filter(|query| !index.within(query, 31).is_empty())
            .count()
    });
    report(
        "photo_search_1m_recall",
        n_found as f64 / (N_QUERIES / 2) as f64,
        "of_copies",
    );
    let plain_queries = &queries[..20];
    rate(
        "photo_scan_1m_plain",
        plain_queries.len(),
        "queries/s",
        || {
            plain_queries
                .iter()
                .map(|query| {
                    hashes
                        .iter()
                        .filter(|hash| hash.distance(query) <= 31)
                        .count()
                })
                .sum::<usize>()
        },
    );
    let folder = tempfile::tempdir()?;
    let bytes = |hashes: &[PhotoHash]| -> Vec<u8> {
        hashes.iter().flat_map(|hash| *hash.as_bytes()).collect()
    };
    fs::write(folder.path().join("hashes.bin"), bytes(&hashes))?;
    fs::write(folder.path().join("queries.bin"), bytes(&queries))?;
    peer(
        "peer-faiss-multihash",
        ours,
        "queries/s",
        FAISS,
        folder.path(),
    );
    Ok(())
}
