// The conversations that were saved of this walkthrough.

import { IconDots, IconPlayerPlay, IconRepeat, IconTrash } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { asWaymarkError, type ConversationSummary, commands, keys, type WalkthroughId } from "../../ipc";
import { classNames } from "../../lib/class-names";
import { showWhole } from "../../lib/whole";
import { Button, IconButton } from "../../ui/Button";
import { Dialog, DialogActions } from "../../ui/Dialog";
import { Menu, MenuAction, MenuSeparator } from "../../ui/Menu";
import { tell, tellError } from "../../ui/tell";
import type { Beside } from "./beside";
import { conversationQueries } from "./queries";
import styles from "./side.module.css";
import { strings } from "./strings";
import type { Conversing } from "./use-conversation";

type SavedListProps = {
  id: WalkthroughId;
  conversing: Conversing;
  beside: Beside | null;
  onBeside: (beside: Beside | null) => void;
};

export function SavedList({ id, conversing, beside, onBeside }: SavedListProps) {
  const saved = useQuery(conversationQueries.saved(id));
  const [removing, setRemoving] = useState<ConversationSummary | null>(null);
  const open = (conversation: ConversationSummary) => {
    conversing.open(conversation.script);
    onBeside(null);
  };
  return (
    <section aria-labelledby="saved">
      <h2 id="saved" className={styles.heading}>
        {strings.saved}
      </h2>
      {saved.isError ? (
        <p className={styles.problem} role="alert">
          {asWaymarkError(saved.error).message}{" "}
          <Button variant="quiet" onClick={() => void saved.refetch()}>
            {strings.retry}
          </Button>
        </p>
      ) : saved.data?.length === 0 ? (
        <p className={styles.faint}>{strings.noneSaved}</p>
      ) : (
        <ul className={styles.saved}>
          {saved.data?.map((conversation) => (
            <Saved
              key={conversation.id}
              saved={conversation}
              isShown={beside?.what === "replay" && beside.saved.id === conversation.id}
              onReplay={() => onBeside({ what: "replay", saved: conversation })}
              onOpen={() => open(conversation)}
              onRemove={() => setRemoving(conversation)}
            />
          ))}
        </ul>
      )}
      {removing && (
        <RemoveDialog id={id} saved={removing} onRemoved={() => onBeside(null)} onClose={() => setRemoving(null)} />
      )}
    </section>
  );
}

type SavedProps = {
  saved: ConversationSummary;
  /** Whether its differences are looked at. */
  isShown: boolean;
  onReplay: () => void;
  onOpen: () => void;
  onRemove: () => void;
};

function Saved({ saved, isShown, onReplay, onOpen, onRemove }: SavedProps) {
  const { name, script, turns, at, is_current } = saved;
  return (
    <li className={classNames(styles.row, isShown && styles.shown)}>
      <button
        type="button"
        className={styles.open}
        title={strings.replay}
        aria-current={isShown || undefined}
        onClick={onReplay}
      >
        <span className="visually-hidden">{strings.replay}: </span>
        <span className={styles.name} onPointerEnter={showWhole}>
          {name}
        </span>
        <span className={styles.about}>
          {strings.savedMeta(strings.scenarios[script.scenario], turns, at)}
          {!is_current && ` · ${strings.isOlder}`}
        </span>
      </button>
      <Menu trigger={<IconButton label={strings.menuOf(name)} icon={IconDots} />}>
        <MenuAction icon={IconRepeat} action={{ id: "replay", label: strings.replay, run: onReplay }} />
        <MenuAction icon={IconPlayerPlay} action={{ id: "open-saved", label: strings.openSaved, run: onOpen }} />
        <MenuSeparator />
        <MenuAction icon={IconTrash} action={{ id: "remove", label: strings.remove, run: onRemove }} isDangerous />
      </Menu>
    </li>
  );
}

type RemoveDialogProps = {
  id: WalkthroughId;
  saved: ConversationSummary;
  onRemoved: () => void;
  onClose: () => void;
};

function RemoveDialog({ id, saved, onRemoved, onClose }: RemoveDialogProps) {
  const client = useQueryClient();
  const remove = async () => {
    onClose();
    try {
      await commands.removeConversation(saved.id);
      tell(strings.removed(saved.name));
      onRemoved();
    } catch (error) {
      tellError(asWaymarkError(error));
    }
    await client.invalidateQueries({ queryKey: [...keys.conversations(id), "saved"] });
  };
  return (
    <Dialog title={strings.removeTitle} about={strings.removeText(saved.name)} onClose={onClose}>
      <DialogActions>
        <Button variant="quiet" autoFocus onClick={onClose}>
          {strings.cancel}
        </Button>
        <Button variant="danger" onClick={() => void remove()}>
          {strings.removeNow}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
