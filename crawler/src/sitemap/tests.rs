use super::*;
use crate::test_support::shared;

fn agrees(case: &serde_json::Value) -> Result<(), String> {
    let folder = "crawler/sitemaps-crawler-commons";
    let body = match (case["content"].as_str(), case["file"].as_str()) {
        (Some(content), _) => content.as_bytes().to_vec(),
        (_, Some(file)) => shared(&format!("{folder}/{file}")).unwrap(),
        _ => return Err("no body".into()),
    };
    let expect = &case["expect"];
    let found = parse(&body);
    let partial_is_fine = case["options"]["allow_partial"] == true;
    let sitemap = match (&found, expect["kind"].as_str()) {
        (Err(_), Some("error")) => return Ok(()),
        (Ok(sitemap), Some("error")) => {
            return match &sitemap.problem {
                Some(_) if !partial_is_fine => Ok(()),
                _ => Err("read".into()),
            };
        }
        (Err(why), _) => return Err(why.clone()),
        (Ok(sitemap), _) => sitemap,
    };
    let kind = if expect["kind"] == "index" {
        SitemapKind::Sitemaps
    } else {
        SitemapKind::Pages
    };
    if sitemap.kind != kind {
        return Err("other kind".into());
    }
    let found: Vec<&str> = sitemap
        .entries
        .iter()
        .map(|e| e.location.as_str())
        .collect();
    if let Some(count) = expect["count"].as_u64()
        && count != found.len() as u64
    {
        return Err(format!("{} entries, not {count}", found.len()));
    }
    if let Some(wanted) = expect["locs"].as_array()
        && wanted
            .iter()
            .map(|w| w.as_str().unwrap())
            .collect::<Vec<_>>()
            != found
    {
        return Err(format!("{found:?}"));
    }
    if let Some(wanted) = expect["contains"].as_str()
        && !found.contains(&wanted)
    {
        return Err(format!("lacks {wanted}"));
    }
    if let Some(wanted) = expect["lastmod"].as_array() {
        let dates: Vec<Option<&str>> = sitemap
            .entries
            .iter()
            .map(|e| e.last_modified.as_deref())
            .collect();
        if wanted
            .iter()
            .map(serde_json::Value::as_str)
            .collect::<Vec<_>>()
            != dates
        {
            return Err(format!("{dates:?}"));
        }
    }
    Ok(())
}

#[test]
fn published_cases() {
    let Some(text) = shared("crawler/sitemaps-crawler-commons/cases.json") else {
        return;
    };
    let cases: Vec<serde_json::Value> = serde_json::from_slice(&text).unwrap();
    let mut failed = Vec::new();
    for case in &cases {
        if let Err(why) = agrees(case) {
            failed.push(format!("{}: {why}", case["id"].as_str().unwrap()));
        }
    }
    // Deviations, each a choice: a foreign namespace is read (many sites have a typo there),
    // a sitemap that robots.txt names may list addresses of any path (sitemaps.org, "cross
    // submits"), feeds are not read.
    assert_eq!(
        failed,
        [
            "namespace-bad-strict: read",
            "location-strict: 1 entries, not 0",
            "atom: the root is neither `urlset` nor `sitemapindex`",
            "rss: the root is neither `urlset` nor `sitemapindex`",
        ]
    );
    assert_eq!(cases.len(), 35);
}

#[test]
fn caps_hold() {
    let many = format!(
        "<urlset>{}</urlset>",
        "<url><loc>http://a.example/</loc></url>".repeat(ENTRIES_LIMIT + 1)
    );
    let sitemap = parse(many.as_bytes()).unwrap();
    assert_eq!(sitemap.entries.len(), ENTRIES_LIMIT);
    assert!(sitemap.problem.unwrap().starts_with("more than 50000"));
    let deep = format!("<urlset>{}", "<a>".repeat(100));
    assert_eq!(
        parse(deep.as_bytes()),
        Err("elements nested deeper than 32".to_owned())
    );
    let billion = "<!DOCTYPE x [<!ENTITY a \"b\">]><urlset><url><loc>&a;</loc></url></urlset>";
    assert_eq!(
        parse(billion.as_bytes()),
        Err("a sitemap with a DTD is not read".to_owned())
    );
}

#[test]
fn a_gzip_bomb_is_cut() {
    use std::io::Write as _;
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    packed
        .write_all(b"<urlset><url><loc>http://a.example/1</loc></url>")
        .unwrap();
    let spaces = vec![b' '; 1 << 20];
    for _ in 0..60 {
        packed.write_all(&spaces).unwrap();
    }
    let sitemap = parse(&packed.finish().unwrap()).unwrap();
    assert_eq!(sitemap.entries.len(), 1);
    assert!(sitemap.problem.is_some());
}
