// Keeps the lines under the texts of the shown step as lint finds them, also before anything is saved.

import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { type Finding, queries, type Rule, type StepId } from "../../../ipc";
import { attempt } from "../actions";
import { useEditor } from "../editor";
import { fixSelected, selectionOf } from "../mending";
import { underline } from "../underlines";
import { LiveLint } from "./live-lint";
import { openViews, subscribeViews, viewOf } from "./open-views";
import { choosing, silencing } from "./silencing";

const noRules: readonly Rule[] = [];

export function useLiveLint(step: StepId): void {
  const { session, findings: saved } = useEditor();
  const rules = useQuery(queries.lintRules()).data ?? noRules;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is found in the saved walkthrough may change what is found here.
  useEffect(() => {
    const lint = new LiveLint(session, step, (field) => viewOf(field)?.state.doc);
    const mend = {
      fix: (finding: Finding) => attempt(() => fixSelected(session, selectionOf(finding), finding.fix?.label ?? "")),
      silence: (finding: Finding) =>
        silencing.write({ rule: finding.rule, name: nameOf(rules, finding), step, field: finding.field, part: null }),
      more: (finding: Finding) => choosing.write(finding),
    };
    const show = () => {
      const { texts, findings } = lint.read();
      for (const { field, view } of openViews()) {
        // What was typed since moves the lines that are there; new ones would stand in the wrong place.
        if (texts.get(field) !== view.state.doc) continue;
        const here = findings.filter((finding) => finding.step_id === step && finding.field === field);
        view.dispatch(underline(view.state, here, rules, mend));
      }
    };
    const stops = [lint.subscribe(show), session.onTyped(lint.request), subscribeViews(lint.request)];
    lint.request();
    return () => {
      for (const stop of stops) stop();
      lint.stop();
    };
  }, [session, step, rules, saved]);
}

const nameOf = (rules: readonly Rule[], { rule, message }: Finding) =>
  rules.find(({ id }) => id === rule)?.name ?? message;
