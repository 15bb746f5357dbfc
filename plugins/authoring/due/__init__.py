"""Due: lists what will lapse, so that nothing ends or stays unread because nobody looked.

For people at a terminal (``inv due``). No settings of its own; it takes part in no build. It writes nothing but the
calendar file that it is asked for, outside the content and the output.
"""
