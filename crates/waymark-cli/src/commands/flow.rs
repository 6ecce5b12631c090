//! `waymark link`: shows the flow, sets or takes away a step's link, and chooses what decides the order.

use serde::Serialize;
use waymark_core::{
    edit::Edit,
    error::{Error, Result},
    flow::{self, Flow, FlowLink, FlowOrder, FlowStep},
    id::{StepId, WalkthroughId},
};
use waymark_library::{
    drafts,
    edits::{self, ApplyEdit},
    flow::{SetOrder, Straighten},
};

use crate::{
    Answer,
    args::flow::Link,
    commands::steps::find_step,
    context::{Context, ORIGIN},
    output::table,
};

/// What a script reads.
#[derive(Serialize)]
struct Shown<'a> {
    walkthrough_id: &'a WalkthroughId,
    #[serde(flatten)]
    flow: &'a Flow,
}

/// Shows or changes the flow.
pub async fn run(context: &Context, args: Link) -> Result<Answer> {
    let library = &context.app().await?.library;
    let id = context.find(&args.walkthrough).await?;
    let walkthrough = drafts::open(library, &id).await?.draft.walkthrough;
    let named = |name: &Option<String>| name.as_ref().map(|name| find_step(&walkthrough, name)).transpose();
    let (step, next) = (named(&args.step)?, named(&args.next)?);
    if let Some(order) = args.order {
        let input = SetOrder { walkthrough: id.clone(), order: order.into() };
        waymark_library::flow::set_order(library, input, ORIGIN).await?;
    } else if args.plain {
        let input = Straighten { walkthrough: id.clone(), step: step.clone() };
        waymark_library::flow::straighten(library, input, ORIGIN).await?;
    } else if let Some(step) = step.clone() {
        if next.is_none() && !args.none {
            return Err(Error::invalid("It is not said where the step leads.")
                .with_hint("Name the next step, or give `--none` or `--plain`."));
        }
        link(context, &id, step, next).await?;
    }
    let flow = flow::flow(&drafts::open(library, &id).await?.draft.walkthrough);
    let value = Shown { walkthrough_id: &id, flow: &flow };
    context.output.answer(&value, || words(&flow))?;
    Ok(Answer::Yes)
}

async fn link(context: &Context, id: &WalkthroughId, step: StepId, next: Option<StepId>) -> Result<()> {
    let edit = Edit::SetLink { step, next };
    let apply = ApplyEdit { walkthrough: id.clone(), edit, seen_version: None, origin: ORIGIN.to_owned() };
    edits::apply(&context.app().await?.library, apply).await.map(drop)
}

fn words(flow: &Flow) -> String {
    let decides = match flow.order {
        FlowOrder::Display => "The order of the steps decides.",
        FlowOrder::Linked => "The links decide the order.",
    };
    let number = |id: &StepId| flow.steps.iter().find(|step| step.id == *id).map_or(0, |step| step.position);
    let row = |step: &FlowStep| {
        let leads = match (&step.link, &step.next) {
            (FlowLink::Dangling { to }, _) => format!("{to} (missing)"),
            (FlowLink::Itself, _) => "itself".to_owned(),
            (FlowLink::None, Some(next)) => format!("({})", number(next)),
            (_, Some(next)) => number(next).to_string(),
            (_, None) => "end".to_owned(),
        };
        let notes = [
            (step.closes_circle, "closes a circle"),
            (step.is_passed_over, "no way leads here"),
            (flow.has_links && !step.is_reached, "not reached by links"),
        ];
        let notes: Vec<&str> = notes.iter().filter(|(is, _)| *is).map(|(_, note)| *note).collect();
        vec![step.position.to_string(), step.linked_position.to_string(), leads, step.title.clone(), notes.join(", ")]
    };
    let rows: Vec<Vec<String>> = flow.steps.iter().map(row).collect();
    format!("{decides}\n{}", table(&["step", "linked", "leads to", "title", ""], &rows))
}
