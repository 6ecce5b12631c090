// The agent of the fake's conversations, and a learner in memory. Good enough to show the window; what a call does is the
// host's rule.

import type {
  AuthorEdit,
  CompletedStep,
  DeliveredStep,
  Move,
  Profile,
  Segment,
  Step,
  TokenCount,
  TurnState,
  Walkthrough,
} from "../types";
import { applyEdit, insertSteps } from "./edits";
import { previewStep } from "./preview";
import { makeStep } from "./seeds";

type Answer = {
  tool: string;
  arguments: Record<string, unknown>;
  action: string;
  isError: boolean;
  step: DeliveredStep | null;
  segments: Segment[];
  userHtml: string | null;
  tokens: TokenCount;
};

const names = {
  current: { start: "start_walkthrough", next: "get_next_step", id: "currentStepId" },
  v1: { start: "select_walkthrough", next: "next_walkthrough_step", id: "current_step_id" },
};

export class FakeAgent {
  readonly completed: CompletedStep[] = [];
  session = 1;
  readonly #done = new Set<string>();
  #given: string | null = null;
  #last: Answer | null = null;
  #visit: number | null = null;
  #tokens = 412;
  #template = 0;

  constructor(
    private walkthrough: Walkthrough,
    private readonly profile: Profile,
  ) {}

  get hasBegun(): boolean {
    return this.#visit !== null;
  }

  get isFinished(): boolean {
    return this.walkthrough.steps.length > 0 && this.#open === undefined && this.hasBegun;
  }

  get state(): TurnState {
    const { steps } = this.walkthrough;
    const done = steps.filter(({ id }) => this.#isDone(id)).length;
    const percent = done === steps.length ? 100 : Math.min(99, Math.round((100 * done) / Math.max(1, steps.length)));
    return {
      progress: {
        percent: steps.length === 0 ? 0 : percent,
        completed_steps: done,
        total_steps: steps.length,
        is_completed: steps.length > 0 && done === steps.length,
      },
      current_step: this.hasBegun && this.#open ? this.#place(this.#open) : null,
      visit: this.#visit === null ? null : `mss_${String(this.#visit).padStart(16, "0")}`,
      tokens_so_far: this.#tokens,
      template_tokens_so_far: this.#template,
    };
  }

  /** What the agent calls, and what it hears. Null where the author did something. */
  make(move: Move): Answer | null {
    if (move.move === "edit") {
      this.walkthrough = edited(this.walkthrough, move.edit);
      return null;
    }
    const answer = this.#call(move.move);
    this.#tokens += answer.tokens.total;
    this.#template += answer.tokens.template;
    this.#last = answer;
    return answer;
  }

  #call(move: Exclude<Move["move"], "edit">): Answer {
    const { start, next, id } = names[this.profile];
    const open = this.#open;
    switch (move) {
      case "status":
        return this.#says("get_walkthrough_status", {}, "status", this.#status());
      case "reset":
        this.#forget();
        return this.#says("reset_walkthrough_progress", { confirm: true }, "reset", "The progress is cleared.");
      case "restart":
        this.#forget();
        return this.#deliver(start, { restart: true });
      case "come_back":
        this.session += 1;
        this.#visit = this.session;
        return this.#deliver(start, {});
      case "repeat":
        return this.#last ?? this.#deliver(start, {});
      case "wrong_id":
      case "skip": {
        const { steps } = this.walkthrough;
        const given = move === "skip" ? steps[steps.indexOf(open as Step) + 1]?.id : "wts_1nventedById";
        const words = `\`${given}\` is not the current step, so nothing was completed. The current step is "${open?.title}".`;
        return { ...this.#says(next, { [id]: given }, "wrong_step", words), isError: true };
      }
      default: {
        if (!this.hasBegun || this.#given === null) {
          this.#visit ??= this.session;
          return this.#deliver(start, {});
        }
        const step = this.walkthrough.steps.find((known) => known.id === this.#given);
        if (step && !this.#isDone(step.id)) this.completed.push({ id: step.id, title: step.title, is_gone: false });
        if (step) this.#done.add(step.id);
        return this.#deliver(next, { [id]: this.#given });
      }
    }
  }

  get #open(): Step | undefined {
    return this.walkthrough.steps.find(({ id }) => !this.#isDone(id));
  }

  #isDone = (id: string) => this.#done.has(id);

  #forget(): void {
    this.completed.length = 0;
    this.#done.clear();
    this.#given = null;
  }

  #place = (step: Step): DeliveredStep => ({
    id: step.id,
    number: this.walkthrough.steps.indexOf(step) + 1,
    title: step.title,
  });

  #deliver(tool: string, given: Record<string, unknown>): Answer {
    const { title, steps } = this.walkthrough;
    const step = this.#open;
    if (!step) {
      const words = steps.length === 0 ? "has no steps yet, so there is nothing to do in it" : "is complete";
      return this.#says(tool, given, steps.length === 0 ? "no_steps" : "completed", `"${title}" ${words}.`);
    }
    this.#given = step.id;
    const place = this.#place(step);
    const content = step.content_fields;
    const none = { introduction_for_agent: null, context_for_agent: null };
    const texts = content.version === "v1" ? content : { ...none, content_for_user: null, operations_for_agent: null };
    const { agent, tokens, user_html } = previewStep(this.walkthrough, place.number - 1, step.title, texts, true);
    const said = { tool, arguments: given, action: "deliver", isError: false };
    return { ...said, step: place, segments: agent, userHtml: user_html, tokens };
  }

  #says(tool: string, given: Record<string, unknown>, action: string, text: string): Answer {
    const total = Math.ceil(text.length / 4.2);
    const tokens: TokenCount = { encoding: "o200k_base", total, fields: [], template: total };
    const segments = [{ text, field: null }];
    return { tool, arguments: given, action, isError: false, step: null, segments, userHtml: null, tokens };
  }

  #status(): string {
    const lines = this.walkthrough.steps.map(
      ({ id, title }, index) => `${index + 1}. [${this.#isDone(id) ? "x" : " "}] ${title} (id \`${id}\`)`,
    );
    return [`Walkthrough "${this.walkthrough.title}"`, "", ...lines].join("\n");
  }
}

function edited(walkthrough: Walkthrough, edit: AuthorEdit): Walkthrough {
  const step = walkthrough.steps[edit.number - 1];
  switch (edit.change) {
    case "add_step": {
      const texts = { title: edit.title, user: "This is new." };
      return insertSteps(walkthrough, [makeStep("wts_preview0", edit.number - 1, texts)], edit.number - 1);
    }
    case "remove_step":
      return step ? applyEdit(walkthrough, { edit: "remove_step", step: step.id }) : walkthrough;
    case "move_step":
      return step ? applyEdit(walkthrough, { edit: "move_step", step: step.id, to: edit.to - 1 }) : walkthrough;
    case "rename_step":
      return step ? applyEdit(walkthrough, { edit: "rename_step", step: step.id, title: edit.title }) : walkthrough;
  }
}
