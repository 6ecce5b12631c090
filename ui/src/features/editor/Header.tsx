// Where one is, how it stands, and the one thing to do with it: publish.

import { IconArrowBackUp, IconArrowForwardUp, IconHistory, IconPlayerPlay, IconSend } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { use, useSyncExternalStore } from "react";
import { queries } from "../../ipc";
import { kindWords } from "../../lib/kinds";
import { hrefTo, navigate } from "../../lib/route";
import { useStored } from "../../lib/stored";
import { showWhole } from "../../lib/whole";
import { useOfferedActions } from "../../ui/actions";
import { Button, IconButton } from "../../ui/Button";
import { kindIcons } from "../../ui/KindIcon";
import { useKeysFor } from "../../ui/keymap";
import { Pill } from "../../ui/Pill";
import { PublishSlot } from "../../ui/slots";
import { previewShown, useEditor } from "./editor";
import styles from "./header.module.css";
import { strings as history } from "./history-strings";
import { MoreMenu } from "./MoreMenu";
import { strings } from "./strings";
import { savingTemplate, TemplateDialog } from "./TemplateDialog";

export function Header() {
  const { walkthrough, session } = useEditor();
  const [hasPreview, setPreview] = useStored(previewShown);
  const travels = {
    canUndo: useSyncExternalStore(session.subscribe, () => session.read().history.canUndo),
    canRedo: useSyncExternalStore(session.subscribe, () => session.read().history.canRedo),
  };
  const [isTemplate, setTemplate] = useStored(savingTemplate);
  const offered = useOfferedActions();
  const run = (id: string) => offered.find((action) => action.id === id)?.run();
  return (
    <>
      <nav className={styles.path} aria-label="Path">
        <a className={styles.back} href={hrefTo({ screen: "library" })}>
          {strings.library}
        </a>
        <span className={styles.slash} aria-hidden>
          /
        </span>
        <h1 className={styles.title} onPointerEnter={showWhole}>
          {walkthrough.title}
        </h1>
      </nav>
      <span className={styles.pills}>
        <Pill icon={kindIcons[walkthrough.type]}>{kindWords[walkthrough.type].label}</Pill>
        <PublishState />
      </span>
      <span className={styles.spring} />
      <span className={styles.group}>
        <IconButton
          label={strings.undo}
          icon={IconArrowBackUp}
          shortcut={useKeysFor("undo")}
          disabled={!travels.canUndo}
          onClick={() => run("undo")}
        />
        <IconButton
          label={strings.redo}
          icon={IconArrowForwardUp}
          shortcut={useKeysFor("redo")}
          disabled={!travels.canRedo}
          onClick={() => run("redo")}
        />
        <IconButton
          label={history.showHistory}
          icon={IconHistory}
          shortcut={useKeysFor("history")}
          onClick={() => run("history")}
        />
        <MoreMenu walkthrough={walkthrough} session={session} />
      </span>
      <Button
        icon={IconPlayerPlay}
        shortcut={useKeysFor("toggle-preview")}
        className={styles.preview}
        aria-pressed={hasPreview}
        onClick={() => setPreview(!hasPreview)}
      >
        <span className={styles.words}>{strings.togglePreview}</span>
      </Button>
      <PublishButton />
      {isTemplate && <TemplateDialog session={session} onClose={() => setTemplate(false)} />}
    </>
  );
}

function useSummary() {
  const { walkthrough } = useEditor();
  return useQuery(queries.drafts()).data?.find(({ id }) => id === walkthrough.id);
}

function PublishState() {
  const summary = useSummary();
  const { status } = useEditor().walkthrough;
  const connections = useQuery(queries.connections()).data ?? [];
  if (!summary) return null;
  if (status === "archived") return <Pill>{strings.archived}</Pill>;
  if (summary.never_published) return <Pill>{strings.neverPublished}</Pill>;
  const changes = summary.unpublished.reduce((most, part) => Math.max(most, part.changes), 0);
  const each = summary.unpublished.map(({ connection, changes: value }) => {
    const name = connections.find(({ id }) => id === connection)?.name ?? connection;
    return `${name}: ${value > 0 ? strings.notPublished(value) : strings.published}`;
  });
  return (
    <Pill tone={changes > 0 ? "warning" : "accent"} title={each.join("\n")}>
      {changes > 0 ? strings.notPublished(changes) : strings.published}
    </Pill>
  );
}

function PublishButton() {
  const { id } = useEditor().walkthrough;
  const Slot = use(PublishSlot);
  const connections = useQuery(queries.connections()).data;
  const [only, ...others] = connections ?? [];
  if (connections && !only) {
    return (
      <Button icon={IconSend} onClick={() => navigate({ screen: "publish", id })}>
        {strings.connect}
      </Button>
    );
  }
  if (only && Slot) return <Slot id={id} />;
  return (
    <Button variant="primary" icon={IconSend} onClick={() => navigate({ screen: "publish", id })}>
      {only && others.length === 0 ? strings.publishTo(only.name) : strings.publish}
    </Button>
  );
}
