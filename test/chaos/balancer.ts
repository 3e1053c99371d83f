import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** What stands before the replicas: each connection goes to the next one that can be reached. */
export interface Balancer {
  readonly url: string;
  close(): void;
}

export async function startBalancer(ports: () => readonly number[]): Promise<Balancer> {
  const open = new Set<Socket>();
  let turn = 0;

  function forward(client: Socket, left: readonly number[]): void {
    const [port, ...others] = left;
    if (port === undefined) {
      client.destroy();
      return;
    }
    const server = connect(port, '127.0.0.1');
    server.once('connect', () => {
      open.add(server);
      client.pipe(server).pipe(client);
      client.once('close', () => server.destroy());
      server.once('close', () => {
        open.delete(server);
        client.destroy();
      });
    });
    server.on('error', () => {
      // One that was never reached has got nothing: another one may have it.
      if (!open.has(server)) forward(client, others);
    });
  }

  const balancer = createServer((client) => {
    open.add(client);
    client.on('error', () => client.destroy());
    client.once('close', () => open.delete(client));
    turn += 1;
    const all = ports();
    forward(client, [...all.slice(turn % all.length), ...all.slice(0, turn % all.length)]);
  });
  balancer.listen(0, '127.0.0.1');
  await once(balancer, 'listening');
  return {
    url: `http://127.0.0.1:${(balancer.address() as AddressInfo).port}`,
    close() {
      balancer.close();
      for (const socket of open) socket.destroy();
    },
  };
}
