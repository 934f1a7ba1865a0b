//! Circuits: a linked group that makes the same round of towns together, more than once.
//!
//! Travelling alone is normal (JIRN found movement words to be *less* likely in trafficking cases;
//! indicators.md, H1 and H2), so what counts is different identities that arrive in the same towns
//! in the same order within the same days, over whole rounds. Arrivals are posting dates; the
//! moment of a crawl is never used.
//!
//! Invariant: one travelling person is never a circuit, nor are two (`tests/suite/circuits.rs`).

use crate::corpus::{Corpus, Stay};
use crate::group::Network;
use crate::params::Params;

/// A circuit that was found.
pub(crate) struct Circuit {
    /// The advertisers that make it, different in pairs, ascending.
    pub(crate) advertisers: Vec<u32>,
    pub(crate) n_towns: usize,
    pub(crate) n_rounds: usize,
}

/// The circuits; at most one for each case.
pub(crate) fn find(corpus: &Corpus<'_>, network: &Network, params: &Params) -> Vec<Circuit> {
    network
        .cases()
        .iter()
        .filter_map(|members| in_case(corpus, network, members, params))
        .collect()
}

/// The last arrivals of one advertiser, in time; staying on in a town is no new arrival.
fn arrivals(stays: &[Stay], params: &Params) -> Vec<(u32, i64)> {
    let mut arrivals: Vec<(u32, i64)> = stays
        .iter()
        .map(|stay| (stay.town, stay.first_day))
        .collect();
    arrivals.dedup_by_key(|(town, _)| *town);
    arrivals.split_off(arrivals.len().saturating_sub(params.circuit_stops))
}

struct Traveller {
    advertiser: u32,
    arrivals: Vec<(u32, i64)>,
}

fn in_case(
    corpus: &Corpus<'_>,
    network: &Network,
    members: &[u32],
    params: &Params,
) -> Option<Circuit> {
    let least = params.circuit_towns.saturating_mul(params.circuit_rounds);
    let selling = members
        .iter()
        .copied()
        .filter(|item| corpus.features[*item as usize].sells);
    let mut travellers: Vec<Traveller> = network
        .advertisers
        .of_items(selling)
        .into_iter()
        .map(|advertiser| Traveller {
            advertiser,
            arrivals: arrivals(
                &network.advertisers.profiles[advertiser as usize].stays,
                params,
            ),
        })
        .filter(|traveller| traveller.arrivals.len() >= least)
        .collect();
    travellers.sort_by_key(|traveller| {
        (
            std::cmp::Reverse(traveller.arrivals.len()),
            traveller.advertiser,
        )
    });
    travellers.truncate(params.circuit_candidates);
    let mut best: Option<Circuit> = None;
    for leader in &travellers {
        let Some(found) = led_by(leader, &travellers, network, params) else {
            continue;
        };
        let size =
            |circuit: &Circuit| (circuit.advertisers.len(), circuit.n_rounds, circuit.n_towns);
        if best.as_ref().is_none_or(|best| size(&found) > size(best)) {
            best = Some(found);
        }
    }
    best
}

/// The largest circuit of the leader: companions are taken one by one, whoever keeps the longest
/// common way first, as long as whole rounds remain.
fn led_by(
    leader: &Traveller,
    travellers: &[Traveller],
    network: &Network,
    params: &Params,
) -> Option<Circuit> {
    let mut together = vec![leader.advertiser];
    let mut way = leader.arrivals.clone();
    let mut rounds = rounds(&way, params)?;
    loop {
        let next = travellers
            .iter()
            .filter(|traveller| {
                together.iter().all(|one| {
                    network
                        .advertisers
                        .are_different(*one, traveller.advertiser)
                })
            })
            .filter_map(|traveller| {
                let shared = shared_way(&way, &traveller.arrivals, params);
                let found = self::rounds(&shared, params)?;
                Some((traveller.advertiser, shared, found))
            })
            .max_by_key(|(advertiser, shared, found)| {
                (*found, shared.len(), std::cmp::Reverse(*advertiser))
            });
        let Some((advertiser, shared, found)) = next else {
            break;
        };
        together.push(advertiser);
        (way, rounds) = (shared, found);
    }
    together.sort_unstable();
    (together.len() >= params.circuit_identities).then_some(Circuit {
        advertisers: together,
        n_towns: rounds.1,
        n_rounds: rounds.0,
    })
}

/// The stops of a way at which somebody else arrives in the same days.
fn shared_way(way: &[(u32, i64)], other: &[(u32, i64)], params: &Params) -> Vec<(u32, i64)> {
    way.iter()
        .copied()
        .filter(|(town, day)| {
            other.iter().any(|(their_town, their_day)| {
                town == their_town
                    && day.abs_diff(*their_day) <= params.circuit_arrival_days.unsigned_abs()
            })
        })
        .collect()
}

/// How often a way repeats one sequence of towns without a break, and how many different towns it
/// has; the most rounds first, then the most towns. `None` when it does not do so often enough.
fn rounds(way: &[(u32, i64)], params: &Params) -> Option<(usize, usize)> {
    let mut towns: Vec<u32> = way.iter().map(|(town, _)| *town).collect();
    towns.dedup();
    let least_rounds = params.circuit_rounds.max(1);
    let mut best = None;
    for length in params.circuit_towns.max(1)..=towns.len() / least_rounds {
        for start in 0..=towns.len() - length * least_rounds {
            let round = &towns[start..start + length];
            let n_rounds = towns[start..]
                .chunks_exact(length)
                .take_while(|chunk| *chunk == round)
                .count();
            if n_rounds < least_rounds {
                continue;
            }
            let mut different = round.to_vec();
            different.sort_unstable();
            different.dedup();
            if different.len() >= params.circuit_towns {
                best = best.max(Some((n_rounds, different.len())));
            }
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(towns: &str, expected: Option<(usize, usize)>) {
        let way: Vec<(u32, i64)> = towns
            .chars()
            .enumerate()
            .map(|(at, town)| (u32::from(town), 7 * at as i64))
            .collect();
        assert_eq!(rounds(&way, &Params::default()), expected, "{towns}");
    }

    #[test]
    fn rounds_of_towns() {
        check("abcabc", Some((2, 3)));
        check("abcdabcdabcd", Some((3, 4)));
        check("xabcabcy", Some((2, 3)));
        check("abc", None);
        check("ababab", None);
        check("abcacb", None);
        check("aabbccaabbcc", Some((2, 3)));
        check("", None);
    }
}
