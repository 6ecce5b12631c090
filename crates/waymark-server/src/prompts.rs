//! Prompts: one for each walkthrough that is shown, by which a person asks to be led through it.

use rmcp::{
    ErrorData,
    model::{GetPromptResult, JsonObject, ListPromptsResult, Prompt, PromptArgument, PromptMessage, Role},
};
use waymark_app::learn::Learners;
use waymark_core::learner::{call::Profile, standing::Offer};

use crate::{door::Place, resources::fault};

/// The argument that says where to begin.
pub const BEGIN: &str = "begin";
/// Its values; the first is what is meant where it is absent.
pub const BEGIN_VALUES: [&str; 2] = ["resume", "restart"];
/// Prompts of one page.
const PAGE: usize = 100;

/// One page of prompts, in the order in which the walkthroughs are shown. The cursor is the name of the last one.
///
/// # Errors
/// Invalid parameters for a cursor whose walkthrough is not there any more; an internal fault where the store cannot be read.
pub async fn list(learners: &Learners, place: &Place, cursor: Option<&str>) -> Result<ListPromptsResult, ErrorData> {
    let offers = offers(learners, place).await?;
    let begin = match cursor {
        None => 0,
        Some(last) => 1 + offers.iter().position(|offer| offer.id.as_str() == last).ok_or_else(stale_cursor)?,
    };
    let end = offers.len().min(begin + PAGE);
    let next = offers[begin..end].last().filter(|_| end < offers.len()).map(|offer| offer.id.to_string());
    let mut result = ListPromptsResult::with_all_items(offers[begin..end].iter().map(of_offer).collect());
    result.next_cursor = next;
    Ok(result)
}

/// What the person says.
///
/// # Errors
/// Invalid parameters for a name or an argument that there is not; an internal fault where the store cannot be read.
pub async fn get(
    learners: &Learners,
    place: &Place,
    profile: Profile,
    name: &str,
    arguments: Option<&JsonObject>,
) -> Result<GetPromptResult, ErrorData> {
    let offers = offers(learners, place).await?;
    let offer = offers.into_iter().find(|offer| offer.id.as_str() == name).ok_or_else(|| unknown(name))?;
    let text = words(&offer, profile, begin(arguments)?);
    let result = GetPromptResult::new(vec![PromptMessage::new_text(Role::User, text)]);
    Ok(result.with_description(title(&offer)))
}

/// Titles are given out wherever there are tools: choosing comes before leaving an address.
async fn offers(learners: &Learners, place: &Place) -> Result<Vec<Offer>, ErrorData> {
    if !place.is_enabled {
        return Ok(Vec::new());
    }
    learners.offers(place.server.as_deref()).await.map_err(fault)
}

fn of_offer(offer: &Offer) -> Prompt {
    let begin = PromptArgument::new(BEGIN)
        .with_title("Where to begin")
        .with_description(
            "`resume` where the user left off (without it that is meant), or `restart` from the first step.",
        )
        .with_required(false);
    Prompt::new(offer.id.as_str(), offer.description.clone(), Some(vec![begin])).with_title(title(offer))
}

fn title(offer: &Offer) -> String {
    format!("Guide me through {}", offer.title)
}

/// Names the tools of the profile, so that the agent begins with the right call.
fn words(offer: &Offer, profile: Profile, begin: &str) -> String {
    let (start, argument, next) = (profile.start_tool(), profile.start_argument(), profile.next_tool());
    let restart = match begin {
        "restart" => format!(" and `{}`", profile.restart_argument()),
        _ => String::new(),
    };
    format!(
        "Guide me through the walkthrough \"{}\". Call `{start}` with `{argument}: \"{}\"`{restart}, do what the step says, \
         and call `{next}` when I am ready for the next one.",
        offer.title, offer.id
    )
}

/// Where to begin; agents and forms often fill in an empty text.
fn begin(arguments: Option<&JsonObject>) -> Result<&str, ErrorData> {
    let Some(arguments) = arguments else {
        return Ok(BEGIN_VALUES[0]);
    };
    if let Some(extra) = arguments.keys().find(|name| *name != BEGIN) {
        let extra: String = extra.chars().take(60).collect();
        return Err(ErrorData::invalid_params(
            format!("The prompt has no argument `{extra}`. It has `{BEGIN}`."),
            None,
        ));
    }
    match arguments.get(BEGIN).map(|value| value.as_str()) {
        None | Some(Some("")) => Ok(BEGIN_VALUES[0]),
        Some(Some(given)) if BEGIN_VALUES.contains(&given) => Ok(given),
        Some(_) => Err(ErrorData::invalid_params(format!("`{BEGIN}` is `resume` or `restart`."), None)),
    }
}

fn unknown(name: &str) -> ErrorData {
    let name: String = name.chars().take(60).collect();
    ErrorData::invalid_params(
        format!("There is no prompt `{name}` here. List the prompts to see which there are."),
        None,
    )
}

fn stale_cursor() -> ErrorData {
    ErrorData::invalid_params(
        "The prompts have changed since this page was listed. List them from the beginning.",
        None,
    )
}
