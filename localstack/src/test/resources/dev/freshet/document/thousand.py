"""Sends 1,000 events of ten users through the queue of the client in Python; prints what was refused and what is left."""

import os
import time

from freshet_client import Freshet

refused = []
freshet = Freshet(
    os.environ["FRESHET_URL"],
    "fsk_test",
    timeout=0.25,
    first_pause=0.002,
    longest_pause=0.02,
    batch_size=10,
    flush_interval=0.001,
    on_rejected=lambda event, rejection: refused.append(rejection["code"]),
)
for i in range(1000):
    freshet.events.add({"type": "view", "userId": f"u-{i % 10}", "itemId": str(i)})
    if i % 100 == 99:
        time.sleep(0.005)
left = freshet.events.close(60)
print(f"refused {len(refused)}, left {len(left)}")
