//! Everything together: listings with contacts, pictures and texts, planted rings, and hubs of
//! every size between.
//!
//! Peer (`WAAKLICHT_PEERS=1`): scipy's `connected_components` over the same keys, which knows no
//! hubs and is handed its edges ready made. Install: `pip install numpy scipy`.

use std::fs;

use benches::made::{Numbers, Vocabulary, contact, listing, photo};
use benches::{pair_quality, peer, rate, report, report_peak_memory};
use linker::{Item, Params};
use model::{SiteId, Timestamp};

const SCIPY: &str = r"
import sys, time, numpy as np, scipy.sparse as sp
from scipy.sparse.csgraph import connected_components
E = np.loadtxt(sys.argv[1] + '/edges.txt', dtype=np.int64)
n = int(E.max()) + 1
t = time.process_time()
connected_components(sp.coo_matrix((np.ones(len(E), np.int8), (E[:, 0], E[:, 1])), shape=(n, n)), directed=False)
listings = int(open(sys.argv[1] + '/n.txt').read())
print(listings / (time.process_time() - t))
";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    for n_listings in [10_000, 50_000] {
        run(n_listings)?;
    }
    report_peak_memory("graph_peak_memory");
    Ok(())
}

/// Listings of 500 characters. Most advertisers have one to three listings with their own number,
/// pictures and words. Rings have one number, one template or one picture under many names. Hubs,
/// an agency's number, a placeholder and a text that everybody copies, lie over the others at
/// sizes from 30 to a tenth of all. What belongs together is the ring or the advertiser.
fn world(n_listings: usize) -> Result<(Vec<Item>, Vec<Option<u32>>), model::IdError> {
    let vocabulary = Vocabulary::default();
    let mut numbers = Numbers(11);
    let mut items: Vec<Item> = Vec::with_capacity(n_listings);
    let mut truth = Vec::with_capacity(n_listings);
    let towns: Vec<String> = (0..60).map(|town| format!("town{town}")).collect();
    let mut group = 0;
    while items.len() < n_listings {
        let ring = numbers.percent(2);
        let n_persons = if ring { 3 + numbers.below(8) } else { 1 };
        let shared = numbers.below(3);
        let template = vocabulary.text(&mut numbers, 85);
        for person in 0..n_persons {
            let number = (u64::from(group) << 8) | person;
            let own = vocabulary.text(&mut numbers, 85);
            let age = 18 + numbers.below(25) as u8;
            for _ in 0..1 + numbers.below(3) {
                let mut item = listing(items.len());
                item.site = Some(SiteId::new(format!("site{}", numbers.below(5)))?);
                let one_number = if ring && shared == 0 {
                    u64::from(group) << 8
                } else {
                    number
                };
                item.contacts = vec![contact(one_number)];
                item.photos = vec![photo(number), photo(number ^ (1 << 60))];
                if ring && shared == 1 {
                    item.photos.push(photo((u64::from(group) << 8) ^ (1 << 61)));
                }
                let base = if ring && shared == 2 { &template } else { &own };
                let words: Vec<&str> = base
                    .iter()
                    .map(|word| {
                        if numbers.percent(10) {
                            vocabulary.word(&mut numbers)
                        } else {
                            word
                        }
                    })
                    .collect();
                item.text = words.join(" ");
                item.names = vec![format!("name{}", numbers.below(400))];
                item.ages = vec![age];
                item.town = Some(towns[numbers.below(60) as usize].clone());
                items.push(item);
                truth.push(Some(group));
            }
        }
        group += 1;
    }
    items.truncate(n_listings);
    truth.truncate(n_listings);
    plant_hubs(&mut items, &vocabulary, &mut numbers);
    Ok((items, truth))
}

fn plant_hubs(items: &mut [Item], vocabulary: &Vocabulary, numbers: &mut Numbers) {
    let line = vocabulary.text(numbers, 25).join(" ");
    let mut size = 30;
    let mut hub = 0;
    while size <= items.len() / 10 {
        for _ in 0..size {
            let at = numbers.below(items.len() as u64) as usize;
            match hub % 3 {
                0 => items[at].contacts.push(contact((1 << 62) + hub)),
                1 => items[at].photos.push(photo((1 << 62) + hub)),
                _ => items[at].text.push_str(&format!("\n{line}")),
            }
        }
        hub += 1;
        size = size * 5 / 4;
    }
}

fn run(n_listings: usize) -> Result<(), Box<dyn std::error::Error>> {
    let (items, truth) = world(n_listings)?;
    let as_of = Timestamp::from_ms(0).plus_days(20_400);
    let params = Params::default();
    let name = format!("graph_link_{n_listings}");
    let (ours, linked) = rate(&name, n_listings, "listings/s", || {
        linker::link(&items, as_of, &params)
    });
    report(&format!("{name}_seconds"), n_listings as f64 / ours, "s");
    let mut numbers = std::collections::HashMap::new();
    let cases: Vec<Option<u32>> = linked
        .contexts
        .iter()
        .map(|context| {
            let case = context.groups.case.as_ref()?;
            let next = numbers.len() as u32;
            Some(*numbers.entry(case.as_str().to_owned()).or_insert(next))
        })
        .collect();
    let (precision, recall) = pair_quality(&truth, &cases);
    report(&format!("{name}_precision"), precision, "of_pairs");
    report(&format!("{name}_recall"), recall, "of_pairs");
    report(&format!("{name}_hubs"), linked.hubs.len() as f64, "hubs");

    let folder = tempfile::tempdir()?;
    fs::write(folder.path().join("edges.txt"), edges(&items))?;
    fs::write(folder.path().join("n.txt"), n_listings.to_string())?;
    peer("peer-scipy", ours, "listings/s", SCIPY, folder.path());
    Ok(())
}

/// Listing and key, one edge a line: what a plain graph library is given.
fn edges(items: &[Item]) -> String {
    let mut keys = std::collections::HashMap::new();
    let mut written = String::new();
    for (at, item) in items.iter().enumerate() {
        let contacts = item
            .contacts
            .iter()
            .map(|contact| contact.as_bytes().to_vec());
        let photos = item
            .photos
            .iter()
            .filter_map(|photo| Some(photo.pdq?.as_bytes().to_vec()));
        for key in contacts.chain(photos) {
            let next = items.len() + keys.len();
            let key = *keys.entry(key).or_insert(next);
            written.push_str(&format!("{at} {key}\n"));
        }
    }
    written
}
