#!/usr/bin/env bash
# Starts an emulator where every packet that it sends elsewhere can be seen: in a network namespace of
# its own, with an address, a default route and a listener on the cable. Usage, inside `unshare -n`:
#   offline.sh FOLDER COMMAND...
# leaves FOLDER/packets.txt, one line per packet; the last one is the script's own proof.
set -euo pipefail
folder=$1
shift

ip link set lo up
ip link add near type veth peer name far
ip address add 203.0.113.2/24 dev near
ip link set far up
ip link set near up
ip route add default via 203.0.113.1
# A known neighbour: otherwise packets would wait for ARP and be seen as questions only.
ip neighbour add 203.0.113.1 lladdr 02:00:00:00:00:01 dev near

# The kernel itself speaks ICMPv6 on a new cable, partly behind a hop-by-hop header. A resolver may
# live on the loopback.
tcpdump -Z root -n -q -l -i near 'not icmp6 and not (ip6 and ip6[6] = 0)' \
  >"$folder/cable.txt" 2>>"$folder/tcpdump.err" &
cable=$!
tcpdump -Z root -n -q -l -i lo 'port 53' >"$folder/names.txt" 2>>"$folder/tcpdump.err" &
names=$!
emulator=
trap 'kill $cable $names $emulator 2>/dev/null || true' EXIT
for _ in {1..100}; do
  [ "$(grep -c '^listening on' "$folder/tcpdump.err" || true)" = 2 ] && break
  sleep 0.05
done

"$@" >"$folder/emulator.out" 2>"$folder/emulator.err" &
emulator=$!
for _ in {1..300}; do
  grep -qx 'Ready\.' "$folder/emulator.out" && break
  sleep 0.1
done
grep -qx 'Ready\.' "$folder/emulator.out" || { cat "$folder/emulator.err" >&2; exit 1; }

# Whoever calls home does so soon after the start.
sleep 3
echo proof >/dev/udp/198.51.100.7/9
sleep 0.5
kill $cable $names
wait $cable $names || true
grep -h . "$folder/names.txt" "$folder/cable.txt" >"$folder/packets.txt"
