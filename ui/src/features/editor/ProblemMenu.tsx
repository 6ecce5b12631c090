// Everything that can be done about one problem, to choose from by typing and with the arrows.

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { commands, type Finding, partOf, queries, type Rule } from "../../ipc";
import { navigate } from "../../lib/route";
import { ListDialog } from "../../ui/ListDialog";
import { attempt } from "./attempt";
import { useEditor } from "./editor";
import { allOf, fixSelected, selectionOf } from "./mending";
import { unknownWord } from "./problems";
import { strings } from "./strings";
import { silencing } from "./text/silencing";
import { useSuggestions } from "./use-suggestions";

type Remedy = { label: string; run: () => void };

export function ProblemMenu({ finding, onClose }: { finding: Finding; onClose: () => void }) {
  const [typed, setTyped] = useState("");
  const rule = useQuery(queries.lintRules()).data?.find(({ id }) => id === finding.rule);
  const remedies = useRemedies(finding, rule);
  const words = typed.toLowerCase().split(/\s+/);
  const found = remedies.filter(({ label }) => words.every((word) => label.toLowerCase().includes(word)));
  return (
    <ListDialog
      title={strings.problemMenuTitle(rule?.name ?? finding.rule)}
      about={finding.message}
      searchLabel={strings.problemSearch}
      width={520}
      typed={typed}
      onType={setTyped}
      items={found.map(({ label }) => ({ key: label, content: label }))}
      onChoose={(index) => found[index]?.run()}
      nothing={strings.nothingToDo}
      onClose={onClose}
    />
  );
}

/** The likeliest first. */
function useRemedies(finding: Finding, rule: Rule | undefined): Remedy[] {
  const { session, walkthrough, findings } = useEditor();
  const { rule: id, fix, subject, step_id: step, field } = finding;
  const part = partOf(finding);
  const word = id === unknownWord ? subject : null;
  const suggestions = useSuggestions(walkthrough.id, word) ?? [];
  const same = findings.filter((other) => other.rule === id && other.fix !== null).length;
  const remedies: Remedy[] = [];
  if (fix) {
    const label = fix.label;
    const run = () => attempt(() => fixSelected(session, selectionOf(finding), label));
    remedies.push({ label, run });
    const all = () => attempt(() => fixSelected(session, allOf({ id }), label));
    if (same > 1) remedies.push({ label: strings.fixAll(same), run: all });
  }
  if (word !== null && step !== null && field !== null) {
    for (const meant of suggestions) {
      const replace = (draft: string) => commands.replaceWord({ walkthrough: draft, step, field, word, with: meant });
      remedies.push({ label: strings.writeWord(meant), run: () => attempt(() => session.write(replace)) });
    }
  }
  if (word !== null) {
    const everywhere = async () => void (await commands.addWord({ word, walkthrough: null }));
    const here = (draft: string) => commands.addWord({ word, walkthrough: draft });
    remedies.push({ label: strings.addWord(word), run: () => attempt(everywhere) });
    remedies.push({ label: strings.addWordHere, run: () => attempt(() => session.write(here)) });
  }
  if (rule?.can_silence !== false) {
    const what = { rule: id, name: rule?.name ?? id, step, field, part };
    remedies.push({ label: strings.silence, run: () => silencing.write(what) });
  }
  const about = () => navigate({ screen: "settings", section: "lint", rule: id });
  return [...remedies, { label: strings.aboutRule(id), run: about }];
}
