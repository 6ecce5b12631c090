// A merge made up from a walkthrough in memory: enough of everything that a real one can hold.

import type { DiffLine, MergeConflict, MergeView, Step, TakeMerge, Walkthrough } from "../types";

const line = (kind: DiffLine["kind"], text: string, from = 0, to = 0): DiffLine => ({
  kind,
  text,
  field: null,
  marks: to > from ? [{ from, to }] : [],
});

const nothing: MergeView["incoming"] = { details: [], steps: [], assignments: [] };

export function mergeOf(walkthrough: Walkthrough, connection: string, hasNews: boolean, now: number): MergeView {
  const { id, title, steps } = walkthrough;
  return {
    walkthrough: id,
    title,
    connection,
    digest: "",
    has_news: hasNews,
    last_sync: { revision: 17, at: now - 2 * 86_400_000 },
    conflicts: hasNews ? conflictsOf(walkthrough) : [],
    incoming: hasNews
      ? {
          ...nothing,
          details: [{ name: "tags", before: "cli", after: "cli, pipelines" }],
          steps: steps.slice(4, 5).map(reworded),
        }
      : nothing,
  };
}

function conflictsOf({ title, steps }: Walkthrough): MergeConflict[] {
  const [first, second, third] = steps;
  if (!first || !second || !third) return [];
  const short = `${title}, in short`;
  const there = `${title} for everybody`;
  return [
    {
      place: { place: "title" },
      number: null,
      step_title: null,
      base: title,
      mine: short,
      theirs: there,
      mine_lines: [line("removed", title), line("added", short, title.length, short.length)],
      theirs_lines: [line("removed", title), line("added", there, title.length, there.length)],
      can_write: true,
    },
    {
      place: { place: "field", step: first.id, field: "content_for_user", hunk: 0 },
      number: 1,
      step_title: first.title,
      base: "Open your terminal and run the installer.\n",
      mine: "Open a new terminal and run the installer as yourself.\n",
      theirs: "Open your terminal and run the installer. It takes a minute.\n",
      mine_lines: [
        line("removed", "Open your terminal and run the installer.", 5, 9),
        line("added", "Open a new terminal and run the installer as yourself.", 5, 10),
      ],
      theirs_lines: [
        line("removed", "Open your terminal and run the installer."),
        line("added", "Open your terminal and run the installer. It takes a minute.", 42, 60),
      ],
      can_write: true,
    },
    {
      place: { place: "step", step: third.id },
      number: 3,
      step_title: third.title,
      base: `${third.title}\n\nUser content:\nPick the repository.`,
      mine: `${third.title}\n\nUser content:\nPick the repository that you want to build.`,
      theirs: null,
      mine_lines: [
        line("same", third.title),
        line("same", "User content:"),
        line("removed", "Pick the repository."),
        line("added", "Pick the repository that you want to build.", 19, 42),
      ],
      theirs_lines: [
        line("removed", third.title),
        line("removed", "User content:"),
        line("removed", "Pick the repository."),
      ],
      can_write: false,
    },
  ];
}

const reworded = ({ id, title }: Step): MergeView["incoming"]["steps"][number] => ({
  id,
  title,
  number: 5,
  number_before: 5,
  title_before: null,
  is_added: false,
  is_removed: false,
  is_moved: false,
  is_relinked: false,
  fields: [{ field: "operations_for_agent", added: 1, removed: 1, lines: [] }],
  metadata: null,
  agent: null,
  is_agent_left_out: false,
  events_lost: 0,
  learners_on_it: 0,
  moves_on_to: null,
});

/** What comes of it: the title, of all that is asked. */
export function taken(walkthrough: Walkthrough, { answers }: TakeMerge): Walkthrough {
  const [asked] = conflictsOf(walkthrough);
  const take = answers.find(({ place }) => place.place === "title")?.take;
  const title = typeof take === "object" ? take.text : take === "theirs" ? asked?.theirs : asked?.mine;
  return { ...walkthrough, title: title ?? walkthrough.title };
}
