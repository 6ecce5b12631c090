// The providers whose models can go through a draft.

import { IconDotsVertical, IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { asWaymarkError, commands, type Provider, queries } from "../../ipc";
import { Button, IconButton } from "../../ui/Button";
import { Dialog, DialogActions } from "../../ui/Dialog";
import { Menu, MenuAction, MenuSeparator } from "../../ui/Menu";
import { Failure } from "../../ui/Notice";
import { tell, tellError } from "../../ui/tell";
import { modelStrings as strings } from "./model-strings";
import styles from "./models.module.css";
import { ProviderDialog } from "./ProviderDialog";
import { Section } from "./Section";

export function Models() {
  const providers = useQuery(queries.providers());
  const [editing, setEditing] = useState<Provider | "new" | null>(null);
  const [removing, setRemoving] = useState<Provider | null>(null);
  if (providers.error) {
    return <Failure error={asWaymarkError(providers.error)} onRetry={() => void providers.refetch()} />;
  }
  const close = () => {
    setEditing(null);
    void providers.refetch();
  };
  return (
    <Section title={strings.providers} about={strings.providersAbout}>
      {providers.data?.length === 0 && <p className={styles.hint}>{strings.none}</p>}
      <ul className={styles.list} aria-label={strings.providers}>
        {providers.data?.map((provider) => (
          <li key={provider.id} className={styles.row}>
            <div className={styles.facts}>
              <h3 className={styles.name}>{provider.name}</h3>
              <p className={styles.hint}>
                {strings.kinds[provider.kind]} · {provider.base_url}
              </p>
              <p className={styles.hint}>{provider.models.map(({ name }) => name).join(", ")}</p>
            </div>
            <Button onClick={() => setEditing(provider)}>{strings.edit}</Button>
            <Menu trigger={<IconButton label={strings.more(provider.name)} icon={IconDotsVertical} />}>
              <MenuAction action={{ id: "edit", label: strings.edit, run: () => setEditing(provider) }} />
              <MenuSeparator />
              <MenuAction
                isDangerous
                action={{ id: "remove", label: strings.remove, run: () => setRemoving(provider) }}
              />
            </Menu>
          </li>
        ))}
      </ul>
      <Button icon={IconPlus} onClick={() => setEditing("new")}>
        {strings.add}
      </Button>
      {editing && <ProviderDialog provider={editing === "new" ? null : editing} onClose={close} />}
      {removing && (
        <RemoveDialog
          provider={removing}
          onClose={() => {
            setRemoving(null);
            void providers.refetch();
          }}
        />
      )}
    </Section>
  );
}

function RemoveDialog({ provider, onClose }: { provider: Provider; onClose: () => void }) {
  const remove = async () => {
    try {
      await commands.removeProvider(provider.id);
      tell(strings.removed(provider.name));
    } catch (error) {
      tellError(asWaymarkError(error));
    }
    onClose();
  };
  return (
    <Dialog title={strings.removeTitle} about={strings.removeText(provider.name)} onClose={onClose}>
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
