//! The site profiles of the imitation sites, in the crawler's format
//! (`crawler/src/profile/mod.rs`). The suite parses and checks each.

use model::Timestamp;

use crate::dates;
use crate::served::{Served, ServedSite};

/// Least time between two requests to an imitation site, in milliseconds: short enough for a
/// demonstration, long enough to be seen. Real sites get a second at least.
pub const DELAY_MS: u64 = 100;
/// After so many days the profiles lapse.
const REVIEW_AFTER_DAYS: i64 = 180;

/// Name and TOML text of each served site's profile.
pub(crate) fn texts(now: Timestamp, served: &Served) -> Vec<(String, String)> {
    served
        .sites
        .iter()
        .map(|site| (site.name.clone(), text(now, site)))
        .collect()
}

fn text(now: Timestamp, site: &ServedSite) -> String {
    let (title, specific) = match site.name.as_str() {
        "marktplein" => ("Marktplein (imitatie)", marktplein()),
        "gallery" => ("The Gallery (imitation)", GALLERY.to_owned()),
        _ => ("Kleinbörse Grenzland (imitation)", KLEINBOERSE.to_owned()),
    };
    let host = site.base_url.trim_start_matches("http://");
    format!(
        r#"# Profile of an imitation site of the demo. Nothing outside loopback is visited.
id = "{id}"
name = "{title}"
collect = "text"
photos = true

[legal]
ground = "none needed: imitation site of the demo, no personal data"
purpose = "demonstration on loopback"
approver = "demo"
contact = "demo@waaklicht.example"
contact_page = "https://waaklicht.example/crawl"
review_by = {review_by}

[retention]
text_days = 7
feature_days = 180
photo_hash_days = 90

[visit]
start = ["{base}/"]
hosts = ["{host}"]
delay_ms = {DELAY_MS}
max_delay_ms = 1000
requests_per_day = 2000
megabytes_per_day = 200
revisit_minutes = 0
allow_loopback = true
{specific}"#,
        id = site.name,
        base = site.base_url,
        review_by = now.plus_days(REVIEW_AFTER_DAYS).date(),
    )
}

fn marktplein() -> String {
    let months: Vec<String> = dates::dutch_months()
        .iter()
        .map(|month| format!("\"{month}\""))
        .collect();
    format!(
        r#"sitemaps = false

[links]
listing = '^/(?:advertentie|a)/(?<key>\d+)'
list = ['^/$', '^/advertenties/']
follow_next = true

[listing]
title = "article h1"
text = ".omschrijving"
age = ".leeftijd"
city = ".plaats"
phones = ".telefoon"
price = {{ css = ".prijs", pattern = '\d+' }}
price_currency = {{ css = ".prijs", pattern = '€' }}
price_per = {{ css = ".prijs", pattern = 'per (\w+)' }}
posted_at = ".geplaatst"
images = {{ css = ".fotos img", attr = "src" }}
author_name = ".aanbieder .naam"
author_kind = {{ css = ".aanbieder", attr = "data-soort" }}

[dates]
formats = ["%d %m %Y, %H:%M"]
zone = "Europe/Amsterdam"
months = [{}]
"#,
        months.join(", ")
    )
}

const GALLERY: &str = r#"sitemaps = true

[links]
listing = '^/(?:listing|ad)/(?<key>\d+)'
list = ['^/$', '^/home$', '^/town/']
follow_next = true

[listing]
title = { json_ld = "name", of = "Offer" }
text = { json_ld = "description", of = "Offer" }
age = ".age"
city = { json_ld = "areaServed.name", of = "Offer" }
phones = { json_ld = "offeredBy.telephone", of = "Offer" }
price = { json_ld = "price", of = "Offer" }
price_currency = { json_ld = "priceCurrency", of = "Offer" }
posted_at = { json_ld = "validFrom", of = "Offer" }
images = { json_ld = "image", of = "Offer" }
author_name = { json_ld = "offeredBy.name", of = "Offer" }
"#;

const KLEINBOERSE: &str = r#"sitemaps = false

[links]
listing = '^/anzeige\.(?:php|asp)\?nr=(?<key>\d+)'
list = ['^/$', '^/liste\.php']
follow_next = false

[listing]
title = "table[border='1'] th"
text = "table[border='1'] tr:nth-of-type(9) font"
age = { css = "table[border='1'] tr:nth-of-type(5) td:nth-of-type(2)", pattern = '\d+' }
city = "table[border='1'] tr:nth-of-type(6) td:nth-of-type(2)"
phones = { css = "table[border='1'] tr:nth-of-type(7) td:nth-of-type(2)", pattern = '[+\d][\d ()-]{7,}' }
price = { css = "table[border='1'] tr:nth-of-type(8) td:nth-of-type(2)", pattern = '(\d+) EUR' }
price_currency = { css = "table[border='1'] tr:nth-of-type(8) td:nth-of-type(2)", pattern = 'EUR' }
price_per = { css = "table[border='1'] tr:nth-of-type(8) td:nth-of-type(2)", pattern = '/ (\w+)' }
posted_at = { css = "table[border='1'] tr:nth-of-type(2) td:nth-of-type(2)", pattern = '\d\d\.\d\d\.\d{4}' }
images = { css = "table[border='1'] img", attr = "src" }
author_name = { css = "table[border='1'] tr:nth-of-type(3) td:nth-of-type(2)", pattern = '\S.+' }
author_kind = { css = "table[border='1'] tr:nth-of-type(4) td:nth-of-type(2)", attr = "abbr" }

[dates]
formats = ["%d.%m.%Y"]
zone = "Europe/Amsterdam"
"#;
