//! What can be filled in: the argument of a prompt, the variables of a step's address.

use rmcp::{
    ErrorData,
    model::{CompleteRequestParams, CompleteResult, CompletionInfo, Reference},
};
use waymark_app::learn::Learners;

use crate::{door::Place, prompts, resources};

/// The values that begin with what is typed; none for what is not known.
///
/// # Errors
/// An internal fault where the store cannot be read.
pub async fn complete(
    learners: &Learners,
    place: &Place,
    request: &CompleteRequestParams,
) -> Result<CompleteResult, ErrorData> {
    let (name, typed) = (request.argument.name.as_str(), request.argument.value.as_str());
    let values = match &request.r#ref {
        Reference::Prompt(_) if name == prompts::BEGIN => prompts::BEGIN_VALUES.map(str::to_owned).to_vec(),
        Reference::Resource(template) if template.uri == resources::template().uri_template => {
            let filled = request.context.as_ref().and_then(|context| context.arguments.as_ref());
            let walkthrough = filled.and_then(|filled| filled.get("walkthrough_id")).map(String::as_str);
            resources::complete(learners, place, name, walkthrough).await?
        }
        _ => Vec::new(),
    };
    let mut values: Vec<String> = values.into_iter().filter(|value| value.starts_with(typed)).collect();
    let total = values.len();
    values.truncate(CompletionInfo::MAX_VALUES);
    let has_more = total > values.len();
    let completion = CompletionInfo::with_pagination(values, u32::try_from(total).ok(), has_more)
        .map_err(|message| ErrorData::internal_error(message, None))?;
    Ok(CompleteResult::new(completion))
}
