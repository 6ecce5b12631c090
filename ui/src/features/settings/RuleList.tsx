// Every rule with its number, its reason and an example, found by any of its words.

import { IconAlertTriangle, IconCircleX, IconInfoCircle } from "@tabler/icons-react";
import { useState } from "react";
import type { Example, Group, Rule } from "../../ipc";
import { classNames } from "../../lib/class-names";
import { hrefTo } from "../../lib/route";
import { Words } from "../../ui/Words";
import { lintStrings as strings } from "./lint-strings";
import rulesLook from "./rules.module.css";
import { Section } from "./Section";
import styles from "./settings.module.css";

const icons = { error: IconCircleX, warning: IconAlertTriangle, info: IconInfoCircle };

export function RuleList({ rules, off, rule }: { rules: readonly Rule[]; off: readonly Group[]; rule: string }) {
  const [search, setSearch] = useState(rule);
  const found = rules.filter((known) => has(known, search));
  return (
    <Section title={strings.rules} about={strings.rulesAbout}>
      <div className={styles.tools}>
        <input
          type="search"
          className={styles.search}
          aria-label={strings.findRule}
          placeholder={strings.findRule}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
        <output className={styles.small}>{strings.rulesFound(found.length)}</output>
        {rule !== "" && (
          <a className={rulesLook.all} href={hrefTo({ screen: "settings", section: "lint" })}>
            {strings.allOfLint}
          </a>
        )}
      </div>
      {found.length === 0 && <p className={styles.nothing}>{strings.noRule}</p>}
      <ul aria-labelledby="rules">
        {found.map((known) => (
          <RuleRow key={known.id} rule={known} isOff={known.group !== null && off.includes(known.group)} />
        ))}
      </ul>
    </Section>
  );
}

function RuleRow({ rule, isOff }: { rule: Rule; isOff: boolean }) {
  const { id, name, severity, explanation, example, fix, can_silence } = rule;
  const Mark = icons[severity];
  return (
    <li className={classNames(rulesLook.rule, isOff && rulesLook.off)}>
      <Mark
        size={16}
        stroke={1.75}
        className={rulesLook[severity]}
        role="img"
        aria-label={strings.severities[severity]}
      />
      <div className={rulesLook.body}>
        <h3>
          {name} <span className={rulesLook.number}>{id}</span>
          {isOff && <span className={rulesLook.number}>{strings.isOff}</span>}
        </h3>
        <p>
          <Words>{explanation}</Words>
        </p>
        <Shown example={example} />
        {(fix || !can_silence) && (
          <p className={rulesLook.note}>
            {[fix && strings.quickFix(fix), can_silence ? null : strings.cannotSilence].filter(Boolean).join(" ")}
          </p>
        )}
      </div>
    </li>
  );
}

function Shown({ example }: { example: Example }) {
  if ("text" in example) {
    return (
      <pre className={rulesLook.example}>
        {example.text.replace(/[\0\u200b]/g, (hidden) => (hidden === "\0" ? "␀" : "⟨ZWSP⟩"))}
      </pre>
    );
  }
  return (
    <p className={rulesLook.note}>
      {strings.for} <Words>{example.case}</Words>
    </p>
  );
}

function has({ id, name, explanation, example }: Rule, search: string): boolean {
  const text = [id, name, explanation, "text" in example ? example.text : example.case].join(" ").toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
