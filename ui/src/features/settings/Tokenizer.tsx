// What counts tokens in this library: budgets, previews and conversations.

import type { Encoding } from "../../ipc";
import { SelectField } from "../../ui/SelectField";
import { lintStrings as strings } from "./lint-strings";
import { Section } from "./Section";
import styles from "./settings.module.css";
import { useLintChoices } from "./use-lint-choices";

const names: Encoding[] = ["o200k_base", "cl100k_base"];

export function Tokenizer({ chosen }: { chosen: Encoding }) {
  const { change } = useLintChoices();
  return (
    <Section title={strings.tokens} about={strings.tokensAbout}>
      <div className={styles.field}>
        <SelectField
          label={strings.tokenizer}
          value={chosen}
          choices={names.map((value) => ({ value, label: value, about: strings.tokenizers[value] }))}
          onChoose={(tokenizer) => void change({ tokenizer }, { tokenizer: chosen })}
        />
      </div>
    </Section>
  );
}
