//! A visitor of the review pages without a browser: plain HTTP, cookies, forms.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::TcpStream;

/// Someone with cookies.
pub(crate) struct Visitor {
    address: String,
    cookies: BTreeMap<String, String>,
}

/// A page as it was answered.
pub(crate) struct Page {
    pub(crate) status: u16,
    pub(crate) body: String,
}

impl Visitor {
    /// Somebody who has never been there. `address` is host and port.
    pub(crate) fn new(address: &str) -> Self {
        Self {
            address: address.to_owned(),
            cookies: BTreeMap::new(),
        }
    }

    pub(crate) fn get(&mut self, path: &str) -> Page {
        self.ask("GET", path, "", "")
    }

    /// Posts a form, with the origin that a browser would send.
    pub(crate) fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Page {
        let form: Vec<String> = fields
            .iter()
            .map(|(name, value)| format!("{}={}", written(name), written(value)))
            .collect();
        let headers = format!(
            "Origin: http://{}\r\nContent-Type: application/x-www-form-urlencoded\r\n",
            self.address
        );
        self.ask("POST", path, &headers, &form.join("&"))
    }

    /// Fills in the sign-in form; the answer, whatever it is.
    pub(crate) fn try_sign_in(&mut self, name: &str, password: &str) -> Page {
        let form = self.get("/sign-in");
        let token = form.form_token();
        self.post(
            "/sign-in",
            &[
                ("form-token", &token),
                ("name", name),
                ("password", password),
            ],
        )
    }

    #[track_caller]
    pub(crate) fn sign_in(&mut self, name: &str, password: &str) {
        let page = self.try_sign_in(name, password);
        assert_eq!(page.status, 303, "{}", page.body);
    }

    fn ask(&mut self, method: &str, path: &str, headers: &str, body: &str) -> Page {
        let cookies: Vec<String> = self
            .cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nAccept-Language: en\r\n\
             Cookie: {}\r\n{headers}Content-Length: {}\r\n\r\n{body}",
            self.address,
            cookies.join("; "),
            body.len()
        );
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        for line in head.lines() {
            let Some((name, value)) = line.split_once(": ") else {
                continue;
            };
            if name.eq_ignore_ascii_case("set-cookie") {
                let (name, value) = value.split(';').next().unwrap().split_once('=').unwrap();
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Page {
            status,
            body: body.to_owned(),
        }
    }
}

impl Page {
    /// The hidden token of the page's form.
    #[track_caller]
    pub(crate) fn form_token(&self) -> String {
        let (_, rest) = self
            .body
            .split_once("name=\"form-token\" value=\"")
            .unwrap();
        rest.split('"').next().unwrap().to_owned()
    }

    /// The first address that begins so and that the page links to.
    #[track_caller]
    pub(crate) fn first_link(&self, start: &str) -> String {
        let mark = format!("href=\"{start}");
        let Some((_, rest)) = self.body.split_once(&mark) else {
            panic!("no link to `{start}`:\n{}", self.body);
        };
        format!("{start}{}", rest.split('"').next().unwrap())
    }
}

/// A value as forms write it.
fn written(value: &str) -> String {
    value
        .bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => {
                char::from(byte).to_string()
            }
            _ => format!("%{byte:02X}"),
        })
        .collect()
}
