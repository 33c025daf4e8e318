### An item in the channel, and the buttons that it shares with the queue.

button-skip = Skip
button-unsure = Unsure
button-read-all = Read all
button-guidelines = Guidelines
button-flag = Flag
item-picture = The picture of this item
