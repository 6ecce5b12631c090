//! Against a server on this machine that speaks real HTTP, well or badly.

use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering},
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};
use waymark_core::content::{ContentFields, FieldsV1};
use waymark_library::{Library, lint};

use super::*;
use crate::{Env, clock, secrets::Secrets, testing};

const QUICK: Patience = Patience { request: Duration::from_millis(400), retry_max: Duration::from_secs(1), hops: 4 };

struct Server {
    port: u16,
    requests: Arc<AtomicU32>,
}

/// Answers by path.
async fn server() -> Server {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let requests = Arc::new(AtomicU32::new(0));
    let count = requests.clone();
    tokio::spawn(async move {
        while let Ok((mut socket, _)) = listener.accept().await {
            let count = count.clone();
            tokio::spawn(async move {
                let mut heard = vec![0; 4096];
                let Ok(length) = socket.read(&mut heard).await else { return };
                let number = count.fetch_add(1, Ordering::Relaxed);
                let request = String::from_utf8_lossy(&heard[..length]).into_owned();
                let mut words = request.split(' ');
                let (method, path) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
                let redirect = |status: &str, to: &str| format!("HTTP/1.1 {status}\r\nLocation: {to}\r\n");
                let head = match path {
                    "/ok" | "/other" => "HTTP/1.1 200 OK\r\n".to_owned(),
                    "/moved" => redirect("301 Moved Permanently", "/other"),
                    "/found" => redirect("302 Found", "/other"),
                    "/loop" => redirect("302 Found", "/loop"),
                    "/private" => redirect("302 Found", "http://127.0.0.2:9/secret"),
                    "/rebound" => redirect("302 Found", "http://rebound.org:9/secret"),
                    "/file" => redirect("302 Found", "file:///etc/passwd"),
                    "/no-head" if method == "HEAD" => "HTTP/1.1 405 Method Not Allowed\r\n".to_owned(),
                    "/no-head" => "HTTP/1.1 200 OK\r\n".to_owned(),
                    "/busy" if number == 0 => "HTTP/1.1 429 Too Many Requests\r\nRetry-After: 1\r\n".to_owned(),
                    "/busy" => "HTTP/1.1 200 OK\r\n".to_owned(),
                    "/busier" => "HTTP/1.1 429 Too Many Requests\r\nRetry-After: 600\r\n".to_owned(),
                    "/broken" => "HTTP/1.1 500 Internal Server Error\r\n".to_owned(),
                    "/slow" => {
                        tokio::time::sleep(Duration::from_secs(2)).await;
                        "HTTP/1.1 200 OK\r\n".to_owned()
                    }
                    "/cut" => {
                        let _ = socket.write_all(b"HTTP/1.1 200").await;
                        return;
                    }
                    _ => "HTTP/1.1 404 Not Found\r\n".to_owned(),
                };
                let _ =
                    socket.write_all(format!("{head}Content-Length: 0\r\nConnection: close\r\n\r\n").as_bytes()).await;
            });
        }
    });
    Server { port, requests }
}

fn reach(server: &Server) -> Reach {
    let names = HashMap::from([
        ("rebound.org".to_owned(), vec!["127.0.0.1".parse().expect("an address")]),
        ("nowhere.org".to_owned(), Vec::new()),
    ]);
    Reach::new(Lookup::Fixed(Arc::new(names)), vec![format!("127.0.0.1:{}", server.port)])
}

async fn answer(path: &str) -> (LinkAnswer, u32) {
    let server = server().await;
    let asker = Asker::new(reach(&server), QUICK).expect("an asker");
    let answer = asker.ask(&format!("http://127.0.0.1:{}{path}", server.port)).await;
    (answer, server.requests.load(Ordering::Relaxed))
}

#[tokio::test]
async fn what_servers_answer_is_told_apart() {
    for path in ["/ok", "/found", "/no-head", "/busy"] {
        assert_eq!(answer(path).await.0, LinkAnswer::Works, "{path}");
    }
    let (moved, _) = answer("/moved").await;
    assert!(matches!(&moved, LinkAnswer::Moved { to } if to.ends_with("/other")), "{moved:?}");
    for path in ["/missing", "/loop"] {
        let (dead, _) = answer(path).await;
        assert!(matches!(dead, LinkAnswer::Dead { .. }), "{path}: {dead:?}");
    }
    for path in ["/busier", "/broken", "/slow", "/cut", "/file"] {
        let (unclear, _) = answer(path).await;
        assert!(matches!(unclear, LinkAnswer::Unclear { .. }), "{path}: {unclear:?}");
    }
    assert_eq!(answer("/busier").await.1, 1, "whoever asks to be left alone is left alone");
}

#[tokio::test]
async fn nothing_private_is_asked_by_name_by_address_or_behind_a_redirect() {
    for path in ["/private", "/rebound"] {
        let (unclear, requests) = answer(path).await;
        assert!(matches!(&unclear, LinkAnswer::Unclear { why } if why.contains("private")), "{path}: {unclear:?}");
        assert_eq!(requests, 1, "{path}");
    }
    let server = server().await;
    let asker = Asker::new(reach(&server), QUICK).expect("an asker");
    assert_eq!(asker.ask(&format!("http://rebound.org:{}/ok", server.port)).await, LinkAnswer::Private);
    assert_eq!(asker.ask("http://localhost/ok").await, LinkAnswer::Private);
    assert_eq!(server.requests.load(Ordering::Relaxed), 0, "nothing was connected to");
    let nowhere = asker.ask("http://nowhere.org/").await;
    assert!(matches!(nowhere, LinkAnswer::Dead { .. }), "{nowhere:?}");
}

#[tokio::test]
async fn answers_are_findings_and_are_kept_and_a_stop_keeps_what_is_there() {
    let folder = tempfile::tempdir().expect("a folder");
    let world = waymark_library::Env { now: clock::now, random: clock::random };
    let library = Library::open(folder.path(), world).await.expect("a library");
    let env =
        Env { now: clock::now, random: clock::random, data_dir: folder.path().to_owned(), origin: "test".to_owned() };
    let app = App { library, secrets: Secrets::memory_only(), env };
    let server = server().await;
    let at = |path: &str| format!("http://127.0.0.1:{}{path}", server.port);
    let text = format!("[a]({}) and [b]({}) and [c]({})", at("/ok"), at("/missing"), at("/moved"));
    let mut draft = testing::walkthrough("wt_links", &["wts_1"]);
    draft.steps[0].content_fields = ContentFields::V1(FieldsV1 { content_for_user: Some(text), ..FieldsV1::default() });
    let id = drafts::insert(&app.library, draft, "test").await.expect("a draft").draft.walkthrough.id;
    let input = CheckLinks { ids: vec![id.clone()], ..CheckLinks::default() };
    let told = Mutex::new(Vec::new());
    let tell = |done: u32, total: u32| told.lock().expect("a list").push((done, total));
    let stopped = CancellationToken::new();
    stopped.cancel();
    let none = check_with(&app, &input, reach(&server), QUICK, &stopped, &tell).await.expect("stopped");
    assert!(none.is_stopped);
    let cancel = CancellationToken::new();
    let checked = check_with(&app, &input, reach(&server), QUICK, &cancel, &tell).await.expect("checked");
    assert_eq!((checked.addresses, checked.dead, checked.is_stopped), (3, 1, false));
    assert_eq!(told.lock().expect("a list").last(), Some(&(3, 3)));
    let rules = async || {
        let report = lint::report(&app.library, &id).await.expect("a report");
        let rules = report
            .findings
            .into_iter()
            .map(|found| found.rule)
            .filter(|rule| rule.starts_with("L055") || rule == "L056");
        rules.collect::<Vec<_>>()
    };
    assert_eq!(rules().await, ["L055", "L056"]);
    let summary = drafts::summary(&app.library, &id).await.expect("a summary");
    let problems = lint::report(&app.library, &id).await.expect("a report").problems();
    assert_eq!(summary.problems, problems, "the list counts what the editor shows");
    let again = check_with(&app, &input, reach(&server), QUICK, &cancel, &tell).await.expect("checked");
    assert_eq!((again.known, again.asked), (1, 2), "what works is not asked again, what does not is");
}

#[test]
fn offline_no_link_is_called_dead() {
    let gone = || ("http://a.org/".to_owned(), LinkAnswer::Dead { why: NO_SERVER.to_owned() });
    let mut offline = [gone(), ("http://10.0.0.1/".to_owned(), LinkAnswer::Private)];
    doubt_names(&mut offline);
    assert!(matches!(offline[0].1, LinkAnswer::Unclear { .. }));
    let mut online = [gone(), ("http://b.org/".to_owned(), LinkAnswer::Works)];
    doubt_names(&mut online);
    assert_eq!(online[0], gone());
}
