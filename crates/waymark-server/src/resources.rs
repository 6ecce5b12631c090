//! Steps as resources: listed, read and completed. Reading one gives the text that an agent would get, logs nothing and moves
//! nobody's progress.

use rmcp::{
    ErrorData,
    model::{ListResourcesResult, ReadResourceResult, Resource, ResourceContents, ResourceTemplate},
};
use serde_json::json;
use waymark_app::learn::{Learners, reading::Offered};
use waymark_core::{
    error::Error,
    id::{StepId, WalkthroughId},
    learner::{call::Profile, standing::Offer},
};

use crate::door::Place;

/// Where steps are; see [`template`].
const SCHEME: &str = "waymark://walkthrough/";
/// What a step's text is: the built-in wordings are plain text with blocks in it.
const MIME: &str = "text/plain";
/// Resources of one page.
const PAGE: usize = 100;
/// The longest address that is looked at: above any two ids.
const URI_MAX_BYTES: usize = 4_000;

/// The address of a step.
pub fn uri(walkthrough: &WalkthroughId, step: &StepId) -> String {
    format!("{SCHEME}{}/step/{}", escape(walkthrough.as_str()), escape(step.as_str()))
}

/// Which step an address means. `None` for anything that is no address of a step.
pub fn parse(uri: &str) -> Option<(WalkthroughId, StepId)> {
    let rest = uri.strip_prefix(SCHEME).filter(|_| uri.len() <= URI_MAX_BYTES)?;
    let (walkthrough, step) = rest.split_once("/step/")?;
    Some((WalkthroughId(unescape(walkthrough)?), StepId(unescape(step)?)))
}

/// How addresses are made.
pub fn template() -> ResourceTemplate {
    ResourceTemplate::new(format!("{SCHEME}{{walkthrough_id}}/step/{{step_id}}"), "step")
        .with_title("A step of a walkthrough")
        .with_description("The text of a step as an agent gets it when the steps before it are completed.")
        .with_mime_type(MIME)
}

/// One page of steps: of all walkthroughs that are shown at this place, in its order. The cursor is the address of the step
/// that was listed last.
///
/// # Errors
/// Invalid parameters for a cursor whose step is not there any more; an internal fault where the store cannot be read.
pub async fn list(learners: &Learners, place: &Place, cursor: Option<&str>) -> Result<ListResourcesResult, ErrorData> {
    let server = place.server.as_deref();
    let after = cursor.map(|cursor| parse(cursor).ok_or_else(stale_cursor)).transpose()?;
    let offers = offers(learners, place).await?;
    let begin = match &after {
        None => 0,
        Some((walkthrough, _)) => offers.iter().position(|o| o.id == *walkthrough).ok_or_else(stale_cursor)?,
    };
    let mut resources = Vec::new();
    for offer in &offers[begin..] {
        let Some(offered) = learners.offered(server, &offer.id).await.map_err(fault)? else {
            continue;
        };
        let skipped = match &after {
            Some((walkthrough, step)) if *walkthrough == offer.id => {
                1 + offered.steps.iter().position(|known| known.id == *step).ok_or_else(stale_cursor)?
            }
            _ => 0,
        };
        resources.extend((skipped..offered.steps.len()).map(|index| of_step(&offered, index)));
        if resources.len() > PAGE {
            break;
        }
    }
    let has_more = resources.len() > PAGE;
    resources.truncate(PAGE);
    let next = resources.last().filter(|_| has_more).map(|last| last.uri.clone());
    let mut result = ListResourcesResult::with_all_items(resources);
    result.next_cursor = next;
    Ok(result)
}

/// The text of a step.
///
/// # Errors
/// Not found for what is not shown at this place; an internal fault where the store cannot be read.
pub async fn read(
    learners: &Learners,
    place: &Place,
    profile: Profile,
    uri: &str,
) -> Result<ReadResourceResult, ErrorData> {
    let (walkthrough, step) = parse(uri).filter(|_| is_open(place)).ok_or_else(|| not_found(uri))?;
    let text = learners.step_text(place.server.as_deref(), &walkthrough, &step, profile).await.map_err(fault)?;
    let text = text.ok_or_else(|| not_found(uri))?;
    Ok(ReadResourceResult::new(vec![ResourceContents::text(text, uri).with_mime_type(MIME)]))
}

/// Whether a step can be read here.
///
/// # Errors
/// Not found where it cannot; an internal fault where the store cannot be read.
pub async fn check(learners: &Learners, place: &Place, uri: &str) -> Result<(), ErrorData> {
    let (walkthrough, step) = parse(uri).filter(|_| is_open(place)).ok_or_else(|| not_found(uri))?;
    let offered = learners.offered(place.server.as_deref(), &walkthrough).await.map_err(fault)?;
    let is_there = offered.is_some_and(|offered| offered.steps.iter().any(|known| known.id == step));
    is_there.then_some(()).ok_or_else(|| not_found(uri))
}

/// The values that a variable of the template may have. Steps are those of the walkthrough that was filled in before.
///
/// # Errors
/// An internal fault where the store cannot be read.
pub async fn complete(
    learners: &Learners,
    place: &Place,
    variable: &str,
    walkthrough: Option<&str>,
) -> Result<Vec<String>, ErrorData> {
    match (variable, walkthrough) {
        ("walkthrough_id", _) => {
            Ok(offers(learners, place).await?.into_iter().map(|offer| escape(offer.id.as_str())).collect())
        }
        ("step_id", Some(walkthrough)) if is_open(place) => {
            let Some(id) = unescape(walkthrough).map(WalkthroughId) else {
                return Ok(Vec::new());
            };
            let offered = learners.offered(place.server.as_deref(), &id).await.map_err(fault)?;
            let steps = offered.map(|offered| offered.steps).unwrap_or_default();
            Ok(steps.into_iter().map(|step| escape(step.id.as_str())).collect())
        }
        _ => Ok(Vec::new()),
    }
}

/// What is shown at a place: nothing where the tools are switched off.
///
/// # Errors
/// An internal fault where the store cannot be read.
pub async fn offers(learners: &Learners, place: &Place) -> Result<Vec<Offer>, ErrorData> {
    if !is_open(place) {
        return Ok(Vec::new());
    }
    learners.offers(place.server.as_deref()).await.map_err(fault)
}

/// Where learners leave an address first, the steps are not given out past that.
fn is_open(place: &Place) -> bool {
    place.is_enabled && !place.asks_email
}

fn of_step(offered: &Offered, index: usize) -> Resource {
    let (offer, step) = (&offered.offer, &offered.steps[index]);
    let (number, total) = (index + 1, offered.steps.len());
    Resource::new(uri(&offer.id, &step.id), format!("{number}. {}", step.title))
        .with_title(format!("{}: {number}. {}", offer.title, step.title))
        .with_description(format!(
            "Step {number} of {total} as an agent gets it when the steps before it are completed."
        ))
        .with_mime_type(MIME)
}

fn not_found(uri: &str) -> ErrorData {
    let uri: String = uri.chars().take(200).collect();
    let message = format!("There is no step `{uri}` here. List the resources to see which there are.");
    ErrorData::resource_not_found(message, Some(json!({ "uri": uri })))
}

fn stale_cursor() -> ErrorData {
    ErrorData::invalid_params("The steps have changed since this page was listed. List them from the beginning.", None)
}

/// Something that failed here; the log has the rest.
pub fn fault(error: Error) -> ErrorData {
    tracing::error!(?error, "walkthroughs could not be read");
    ErrorData::internal_error("The walkthroughs cannot be read at present. Try again in a moment.", None)
}

/// An id within an address: everything but what never needs it as `%XX`.
fn escape(id: &str) -> String {
    let mut escaped = String::with_capacity(id.len());
    for byte in id.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            escaped.push(char::from(byte));
        } else {
            escaped.push_str(&format!("%{byte:02X}"));
        }
    }
    escaped
}

/// `None` for what is no id: empty, not escaped as it should be, no text, or with a character that no database keeps.
fn unescape(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => {
                let digit = |byte: u8| char::from(byte).to_digit(16);
                (digit(rest.next()?)? * 16 + digit(rest.next()?)?) as u8
            }
            b'/' => return None,
            _ => byte,
        });
    }
    String::from_utf8(bytes).ok().filter(|id| !id.is_empty() && !id.contains('\0'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_id_is_found_again_by_its_address() {
        for (walkthrough, step) in [("wt_1", "wts_A-b.c~d"), ("ü/漢 %", "?#/step/"), ("%2F", "..")] {
            let (walkthrough, step) = (WalkthroughId::from(walkthrough), StepId::from(step));
            let uri = uri(&walkthrough, &step);
            assert!(uri.is_ascii() && !uri.contains(' '), "{uri}");
            assert_eq!(parse(&uri), Some((walkthrough, step)), "{uri}");
        }
        assert_eq!(uri(&"wt_1".into(), &"wts_2".into()), "waymark://walkthrough/wt_1/step/wts_2");
    }

    #[test]
    fn what_is_no_address_of_a_step_is_none() {
        for uri in [
            "",
            "file:///etc/passwd",
            "waymark://walkthrough/",
            "waymark://walkthrough/wt_1",
            "waymark://walkthrough//step/a",
            "waymark://walkthrough/wt_1/step/",
            "waymark://walkthrough/wt_1/step/a/b",
            "waymark://walkthrough/wt_1/step/%",
            "waymark://walkthrough/wt_1/step/%zz",
            "waymark://walkthrough/wt_1/step/%00",
            "waymark://walkthrough/wt_1/step/%FF",
            "waymark://walkthrough/wt_1/step/%+1",
        ] {
            assert_eq!(parse(uri), None, "{uri}");
        }
        assert_eq!(parse(&format!("{SCHEME}wt_1/step/{}", "a".repeat(URI_MAX_BYTES))), None);
    }
}
