// Which model goes through the draft, and who talks with it.

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { asWaymarkError, commands, keys, type Provider, queries, type Speaker, type WalkthroughId } from "../../ipc";
import { navigate } from "../../lib/route";
import { flushAll } from "../../lib/unsaved";
import { Button } from "../../ui/Button";
import { Failure, Notice } from "../../ui/Notice";
import { SelectField } from "../../ui/SelectField";
import { TextArea, TextField } from "../../ui/TextField";
import { tellError } from "../../ui/tell";
import styles from "./agent-runs.module.css";
import { strings } from "./strings";

const toSettings = () => navigate({ screen: "settings", section: "models" });

export function NewRun({ id }: { id: WalkthroughId }) {
  const providers = useQuery(queries.providers());
  if (providers.error) {
    return <Failure error={asWaymarkError(providers.error)} onRetry={() => void providers.refetch()} />;
  }
  if (!providers.data) return null;
  const [first] = providers.data;
  if (!first) {
    return (
      <Notice title={strings.noProviders} text={strings.noProvidersText}>
        <Button variant="primary" onClick={toSettings}>
          {strings.addProvider}
        </Button>
      </Notice>
    );
  }
  return <Form id={id} first={first} providers={providers.data} />;
}

type FormProps = { id: WalkthroughId; first: Provider; providers: Provider[] };
type Problem = { field: string; text: string };

function Form({ id, first, providers }: FormProps) {
  const client = useQueryClient();
  const [chosen, setChosen] = useState(first.id);
  const provider = providers.find((known) => known.id === chosen) ?? first;
  const [typed, setTyped] = useState<string | null>(null);
  const model = typed ?? provider.models[0]?.name ?? "";
  const [speaker, setSpeaker] = useState<Speaker>("person");
  const [script, setScript] = useState("");
  const [replies, setReplies] = useState("100");
  const [tokens, setTokens] = useState("500000");
  const [problem, setProblem] = useState<Problem | null>(null);
  const [isBeginning, setIsBeginning] = useState(false);
  const problemOf = (field: string) => (problem?.field === field ? problem.text : null);

  const begin = async (event: FormEvent) => {
    event.preventDefault();
    const limits = { replies: Number(replies), tokens: Number(tokens) };
    const odd = (["replies", "tokens"] as const).find((name) => !Number.isInteger(limits[name]) || limits[name] < 1);
    if (odd) return setProblem({ field: odd, text: strings.numberProblem });
    setProblem(null);
    setIsBeginning(true);
    try {
      await flushAll();
      const run = await commands.beginAgentRun({
        walkthrough: id,
        provider: provider.id,
        model,
        profile: "current",
        speaker,
        limits,
      });
      if (speaker === "script") await commands.playAgentScript({ run, script });
      void client.invalidateQueries({ queryKey: keys.agentRuns(id) });
      navigate({ screen: "agent-runs", id, run });
    } catch (thrown) {
      const error = asWaymarkError(thrown);
      if (error.field) setProblem({ field: error.field, text: [error.message, error.hint].filter(Boolean).join(" ") });
      else tellError(error);
    }
    setIsBeginning(false);
  };

  return (
    <form className={styles.form} aria-label={strings.newRun} onSubmit={(event) => void begin(event)} noValidate>
      <h2 className={styles.subtitle}>{strings.newRun}</h2>
      <p className={styles.faint}>{strings.newRunAbout}</p>
      <SelectField
        label={strings.provider}
        value={provider.id}
        choices={providers.map(({ id: value, name }) => ({ value, label: name }))}
        onChoose={(value) => {
          setChosen(value);
          setTyped(null);
        }}
      />
      <TextField
        label={strings.model}
        hint={strings.modelHint}
        value={model}
        list="agent-run-models"
        problem={problemOf("model")}
        onChange={(event) => setTyped(event.target.value)}
      />
      <datalist id="agent-run-models">
        {provider.models.map(({ name }) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <SelectField
        label={strings.user}
        value={speaker}
        choices={(["person", "script"] as const).map((value) => ({
          value,
          label: strings.users[value],
          about: strings.usersAbout[value],
        }))}
        onChoose={setSpeaker}
      />
      {speaker === "script" && (
        <TextArea
          label={strings.script}
          hint={strings.scriptHint}
          rows={4}
          value={script}
          problem={problemOf("script")}
          onChange={(event) => setScript(event.target.value)}
        />
      )}
      <div className={styles.pair}>
        <TextField
          label={strings.replies}
          inputMode="numeric"
          value={replies}
          problem={problemOf("replies")}
          onChange={(event) => setReplies(event.target.value)}
        />
        <TextField
          label={strings.tokens}
          inputMode="numeric"
          value={tokens}
          problem={problemOf("tokens")}
          onChange={(event) => setTokens(event.target.value)}
        />
      </div>
      <div className={styles.actions}>
        <Button variant="primary" type="submit" disabled={isBeginning}>
          {isBeginning ? strings.beginning : strings.begin}
        </Button>
        <Button variant="quiet" onClick={toSettings}>
          {strings.addProvider}
        </Button>
      </div>
    </form>
  );
}
