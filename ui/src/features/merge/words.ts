// Places and changes in words.

import type { Comparison, MergePlace, StepChange } from "../../ipc";
import { fieldWords } from "../../lib/fields";
import { strings } from "./strings";

/** What of the walkthrough or of a step it is. */
export function placeWords(place: MergePlace): string {
  switch (place.place) {
    case "step":
      return strings.existence;
    case "step_title":
      return strings.stepTitle;
    case "field":
      return fieldWords[place.field].label;
    case "content":
      return strings.content;
    case "content_key":
      return strings.contentKey(place.key);
    case "metadata":
    case "step_metadata":
      return place.path.length === 0 ? (strings.details.metadata ?? "") : strings.member(place.path.join("."));
    case "quiz":
      return strings.quiz;
    case "link":
      return strings.link;
    case "move":
      return strings.move;
    case "assignment":
      return strings.server(place.server);
    default:
      return strings.details[place.place] ?? place.place;
  }
}

/** How many things come in. */
export const incomingOf = ({ details, steps, assignments }: Comparison): number =>
  details.length + steps.length + assignments.length;

/** What happens to a step that production changed. */
export function stepWords(step: StepChange): string {
  const { stepStates } = strings;
  if (step.is_added) return stepStates.added;
  if (step.is_removed) return stepStates.removed;
  const fields = step.fields.map(({ field }) => fieldWords[field].lower);
  const others = [
    step.is_moved ? stepStates.moved : "",
    step.title_before !== null ? stepStates.renamed : "",
    step.metadata ? strings.details.metadata?.toLowerCase() : "",
  ];
  const all = [...fields, ...others].filter(Boolean);
  return all.length === 0 ? stepStates.changed : all.join(", ");
}
