//! What a provider must have, and what its models cost.

use super::{
    provider::{Model, Price, Provider, ProviderKind, checked, parse_amount},
    transcript::Usage,
};

fn at(base_url: &str, allows_plain_http: bool) -> Provider {
    Provider {
        id: "prov_1".into(),
        name: " Mine ".to_owned(),
        kind: ProviderKind::Openai,
        base_url: base_url.to_owned(),
        allows_plain_http,
        models: Vec::new(),
    }
}

#[test]
fn an_address_is_whole_encrypted_or_on_this_machine() {
    for (url, kept) in [
        (" https://api.openai.com/v1/ ", "https://api.openai.com/v1"),
        ("http://localhost:11434", "http://localhost:11434"),
        ("http://127.0.0.1:8080/v1", "http://127.0.0.1:8080/v1"),
        ("http://[::1]:8080", "http://[::1]:8080"),
    ] {
        let provider = checked(at(url, false)).expect(url);
        assert_eq!((provider.base_url.as_str(), provider.name.as_str()), (kept, "Mine"));
    }
    for url in [
        "",
        "api.openai.com",
        "ftp://host",
        "https://",
        "https://user:word@host",
        "https://host/?key=1",
        "http://gpu.example.com",
        "http://localhost.example.com",
        "http://127.0.0.1.example.com",
        "http://192.168.1.2:11434",
    ] {
        let error = checked(at(url, false)).expect_err(url);
        assert_eq!(error.field.as_deref(), Some("base_url"), "{url}");
        assert!(error.hint.is_some(), "{url}");
    }
    assert!(checked(at("http://192.168.1.2:11434", true)).is_ok(), "somebody said so");
}

#[test]
fn every_kind_has_an_address_that_is_accepted() {
    for kind in ProviderKind::ALL {
        assert!(checked(Provider { kind, ..at(kind.usual_base_url(), false) }).is_ok());
        assert_eq!(kind.name().parse::<ProviderKind>().expect("its own name"), kind);
    }
    assert!("gpt".parse::<ProviderKind>().is_err());
}

#[test]
fn what_a_model_costs_is_what_the_person_said() {
    for (text, micros) in [("3", 3_000_000), ("0.15", 150_000), ("0.000001", 1), (" 12.50 ", 12_500_000)] {
        assert_eq!(parse_amount(text).expect(text), micros);
    }
    for text in ["", "free", "-1", "1,5", "0.0000001", "5000", "1.2.3"] {
        assert!(parse_amount(text).is_err(), "{text}");
    }
    let price = Price { input_micros: 3_000_000, output_micros: 15_000_000, currency: "USD".to_owned() };
    let cost = price.of(Usage { input: 12_000, output: 800 });
    assert_eq!((cost.micros, cost.words().as_str()), (48_000, "0.048 USD"));
    assert_eq!(price.of(Usage::default()).words(), "0.00 USD");
}

#[test]
fn a_model_is_listed_once_and_has_a_name() {
    let model = |name: &str| Model { name: name.to_owned(), price: None };
    let provider = Provider { models: vec![model(" a "), model("a"), model("b")], ..at("https://host", false) };
    let names: Vec<_> = checked(provider).expect("fine").models.into_iter().map(|model| model.name).collect();
    assert_eq!(names, ["a", "b"]);
    let nameless = Provider { models: vec![model(" ")], ..at("https://host", false) };
    assert_eq!(checked(nameless).expect_err("no name").field.as_deref(), Some("models"));
}
