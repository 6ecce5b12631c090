// Applies an edit to a walkthrough in memory. Good enough to show the window; the host's `apply` is the real one.

import { WaymarkError } from "../errors";
import type { Edit, FieldsV1, Step, StepId, Walkthrough } from "../types";
import { renumber } from "./structure";

export function applyEdit(walkthrough: Walkthrough, edit: Edit): Walkthrough {
  switch (edit.edit) {
    case "batch":
      return edit.edits.reduce(applyEdit, walkthrough);
    case "set_title":
      return { ...walkthrough, title: checkLine(edit.title, "A walkthrough's title", 100) };
    case "set_description":
      return { ...walkthrough, description: edit.description };
    case "set_type":
      return { ...walkthrough, type: edit.type };
    case "set_status":
      return { ...walkthrough, status: edit.status };
    case "set_duration":
      return { ...walkthrough, estimated_duration_minutes: edit.minutes };
    case "set_tags":
      return { ...walkthrough, tags: edit.tags };
    case "set_metadata":
      return { ...walkthrough, metadata: edit.metadata };
    case "set_step_metadata":
      return withStep(walkthrough, edit.step, (step) => ({ ...step, metadata: edit.metadata }));
    case "rename_step":
      return withStep(walkthrough, edit.step, (step) => ({
        ...step,
        title: checkLine(edit.title, "A step's title", 200),
      }));
    case "set_field":
      return withFields(walkthrough, edit.step, (fields) => ({ ...fields, [edit.field]: edit.text }));
    case "splice_field":
      return withFields(walkthrough, edit.step, (fields) => {
        const text = fields[edit.field] ?? "";
        const { from, to, insert } = edit.splice;
        if (to > text.length) throw new WaymarkError("invalid_input", `Position ${to} is behind the end of the text.`);
        return { ...fields, [edit.field]: text.slice(0, from) + insert + text.slice(to) };
      });
    case "set_link":
      return withStep(walkthrough, edit.step, (step) => ({ ...step, next_step_id: edit.next }));
    case "remove_step":
      return { ...walkthrough, steps: renumber(walkthrough.steps.filter((step) => step.id !== edit.step)) };
    case "remove_steps":
      return { ...walkthrough, steps: renumber(walkthrough.steps.filter(({ id }) => !edit.steps.includes(id))) };
    case "add_steps": {
      const { steps } = walkthrough;
      return { ...walkthrough, steps: renumber([...steps.slice(0, edit.at), ...edit.steps, ...steps.slice(edit.at)]) };
    }
    case "put_step":
      return { ...walkthrough, steps: [...walkthrough.steps, edit.step] };
    case "move_step":
      return { ...walkthrough, steps: moved(walkthrough, edit.step, edit.to) };
    case "assign": {
      const others = walkthrough.assignments.filter((known) => known.server !== edit.assignment.server);
      const assignments = [...others, edit.assignment].sort((a, b) => a.server.localeCompare(b.server));
      return { ...walkthrough, assignments };
    }
    case "unassign":
      return { ...walkthrough, assignments: walkthrough.assignments.filter((known) => known.server !== edit.server) };
    default:
      throw new WaymarkError("bug", `The fake of the host does not know the edit \`${edit.edit}\`.`);
  }
}

export function insertSteps(walkthrough: Walkthrough, added: Step[], at: number): Walkthrough {
  const steps = [...walkthrough.steps];
  steps.splice(Math.min(at, steps.length), 0, ...added);
  return { ...walkthrough, steps: renumber(steps) };
}

export function checkLine(text: string, what: string, max: number): string {
  if (text.trim() === "")
    throw new WaymarkError("invalid_input", `${what} is empty.`, `Give it 1 to ${max} characters.`, "title");
  const count = [...text].length;
  if (count <= max) return text;
  const hint = `It may have up to ${max}. Shorten it by ${count - max}.`;
  throw new WaymarkError("invalid_input", `${what} is ${count} characters long.`, hint, "title");
}

function moved(walkthrough: Walkthrough, id: StepId, to: number): Step[] {
  const steps = [...walkthrough.steps];
  const from = steps.findIndex((step) => step.id === id);
  const [step] = steps.splice(from, 1);
  if (step) steps.splice(Math.min(to, steps.length), 0, step);
  return renumber(steps);
}

function withStep(walkthrough: Walkthrough, id: StepId, change: (step: Step) => Step): Walkthrough {
  if (!walkthrough.steps.some((step) => step.id === id)) {
    throw new WaymarkError("not_found", `The walkthrough \`${walkthrough.title}\` has no step \`${id}\`.`);
  }
  return { ...walkthrough, steps: walkthrough.steps.map((step) => (step.id === id ? change(step) : step)) };
}

function withFields(walkthrough: Walkthrough, id: StepId, change: (fields: FieldsV1) => FieldsV1): Walkthrough {
  return withStep(walkthrough, id, (step) => {
    if (step.content_fields.version !== "v1") {
      throw new WaymarkError("refused", "The content of this step has a version that this Waymark cannot edit.");
    }
    return { ...step, content_fields: { version: "v1", ...change(step.content_fields) } };
  });
}
