//! What every backend of the store must do: one list of cases, run on each of them.
//!
//! A backend joins by a line `store_suite!(name, fresh)`, where `fresh` makes an empty store.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "these are tests; the leave for tests does not reach helpers outside of test functions"
)]

mod cases;
mod files;
mod support;

/// A test for each case of each area.
macro_rules! run_on {
    ($fresh:path; $($area:ident: $($case:ident)+;)+) => {
        $(mod $area {
            $(#[test]
            fn $case() {
                crate::cases::$area::$case($fresh());
            })+
        })+
    };
}

/// All cases, on one backend. A case that is not in this list is dead code, which `clippy` refuses.
macro_rules! store_suite {
    ($backend:ident, $fresh:path) => {
        mod $backend {
            run_on! {
                $fresh;
                handle:
                    a_failed_closure_leaves_nothing
                    a_panic_is_an_answer
                    a_passing_failure_is_run_again
                    a_lasting_busy_store_says_so
                    one_bad_write_in_a_batch_spoils_no_other
                    a_read_does_not_write
                    waiting_inside_a_closure_is_refused
                    a_full_queue_makes_others_wait
                    people_go_before_bulk
                    answers_can_be_awaited
                    shutdown_does_what_is_queued_and_then_refuses
                    many_writers_at_once
                    rows_are_counted;
                site:
                    written_and_read_back
                    saved_again_it_changes;
                frontier:
                    offered_once
                    an_unknown_site_is_refused
                    a_long_address_is_refused
                    visits_in_order
                    a_lease_is_held_by_one_worker
                    a_late_worker_is_fenced_off
                    a_name_used_twice_fences_the_earlier
                    the_interval_outlives_the_lease
                    robots_are_kept_byte_for_byte
                    failures_are_counted_and_knowledge_kept
                    an_address_of_another_host_is_refused
                    traffic_adds_up
                    statuses_are_counted;
                capture:
                    written_and_read_back
                    a_wrong_digest_is_refused
                    it_expires_with_its_key;
                listing:
                    versions_are_added_by_content
                    what_comes_back_is_a_version_of_its_own
                    sightings_move_the_last_seen
                    gone_and_back
                    pages_by_id
                    found_by_address
                    texts_expire_with_their_key
                    what_is_missing_is_refused
                    another_site_is_a_conflict
                    photo_hashes_by_address;
                link:
                    replaced_as_a_whole
                    an_unknown_listing_is_refused;
                assessment:
                    the_newest_is_kept
                    counted_by_band_and_lane
                    an_unknown_listing_is_refused;
                case:
                    combined_by_the_rules
                    in_the_order_of_urgency
                    paged_by_key
                    a_page_goes_on_after_a_case_that_was_decided
                    the_file_shows_all
                    a_large_case_shows_first_what_raised_it
                    a_decision_binds_what_was_seen
                    nothing_is_decided_twice
                    every_look_leaves_a_row
                    a_note_expires_with_its_key;
                audit:
                    numbered_and_chained
                    each_opening_has_a_chain
                    a_purpose_is_no_free_text
                    an_undone_write_leaves_no_row;
                user:
                    written_and_read_back
                    disabling_ends_the_sessions
                    a_new_password_ends_the_sessions
                    a_session_ends_by_itself
                    ended_sessions_are_forgotten;
            }
        }
    };
}

store_suite!(sqlite, crate::support::sqlite);
