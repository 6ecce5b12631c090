// Where each wording is used: for a connection or for everything else, and there for all types or for one.

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import {
  asWaymarkError,
  commands,
  type ListedWording,
  queries,
  readOnly,
  type WalkthroughType,
  type WordingChoice,
} from "../../ipc";
import { kinds, kindWords } from "../../lib/kinds";
import { Button } from "../../ui/Button";
import { Dialog, DialogActions } from "../../ui/Dialog";
import { SelectField } from "../../ui/SelectField";
import { tellError } from "../../ui/tell";
import { refresh } from "./refresh";
import { strings } from "./strings";
import styles from "./wordings.module.css";

type UsesProps = { wordings: readonly ListedWording[]; choices: readonly WordingChoice[]; onClose: () => void };

export function UsesDialog({ wordings, choices, onClose }: UsesProps) {
  const client = useQueryClient();
  const connections = useQuery(queries.connections()).data ?? [];
  const [connection, setConnection] = useState("");
  const place = connection || null;
  const choose = async (kind: WalkthroughType | null, wording: string) => {
    try {
      await commands.chooseWording({ connection: place, kind, wording: wording || null });
      await refresh(client);
    } catch (error) {
      tellError(asWaymarkError(error));
    }
  };
  const chosen = (kind: WalkthroughType | null) =>
    choices.find((choice) => choice.connection === place && choice.kind === kind)?.wording ?? "";
  const names = [
    { value: "", label: strings.asOtherwise },
    ...wordings.map(({ name }) => ({ value: name, label: name })),
  ];
  const rows: readonly { kind: WalkthroughType | null; label: string }[] = [
    { kind: null, label: strings.allTypes },
    ...kinds.map((kind) => ({ kind, label: kindWords[kind].label })),
  ];
  return (
    <Dialog title={strings.usesTitle} about={strings.usesAbout} width={520} onClose={onClose}>
      <fieldset className={styles.uses} disabled={readOnly !== null}>
        <SelectField
          label={strings.usesFor}
          value={connection}
          choices={[
            { value: "", label: strings.drafts },
            ...connections.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChoose={setConnection}
        />
        {rows.map(({ kind, label }) => (
          <SelectField
            key={label}
            label={label}
            value={chosen(kind)}
            choices={names}
            onChoose={(wording) => void choose(kind, wording)}
          />
        ))}
      </fieldset>
      <DialogActions>
        <Button variant="primary" onClick={onClose}>
          {strings.close}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
