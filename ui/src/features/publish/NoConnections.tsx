import { IconDatabase, IconFlask } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { asWaymarkError, commands, keys } from "../../ipc";
import { navigate } from "../../lib/route";
import { Button } from "../../ui/Button";
import { Notice } from "../../ui/Notice";
import { Screen } from "../../ui/Screen";
import { tellError } from "../../ui/tell";
import { aimStrings } from "./aim-strings";
import { strings } from "./strings";

/** Two ways on, one of them a single click. */
export function NoConnections({ onConnection }: { onConnection: (id: string) => void }) {
  const client = useQueryClient();
  const [isStarting, setIsStarting] = useState(false);
  const start = async () => {
    setIsStarting(true);
    try {
      onConnection((await commands.sandboxUp()).connection);
      await client.invalidateQueries({ queryKey: keys.connections });
    } catch (error) {
      tellError(asWaymarkError(error));
    }
    setIsStarting(false);
  };
  return (
    <Screen label={aimStrings.draft.title} header={null}>
      <Notice title={strings.noConnections} text={strings.noConnectionsText}>
        <Button variant="primary" icon={IconDatabase} onClick={() => navigate({ screen: "connections" })}>
          {strings.connect}
        </Button>
        <Button icon={IconFlask} disabled={isStarting} onClick={() => void start()}>
          {isStarting ? strings.sandboxStarting : strings.sandbox}
        </Button>
      </Notice>
    </Screen>
  );
}
