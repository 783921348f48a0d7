"""Runs mem toc in a terminal of 120 x 40 and says in JSON what it took, in ms.

browser-pty.py start NODE MEM HOME      bare: node -e 0 · frame: until the tree is on the screen · whole: until no row waits for its node
browser-pty.py keys NODE MEM HOME N     keys: from each of N keys to the end of the frame that it brings · bytes: of that frame · silent: keys
                                        that brought none within half a second · peakMb: of the browser
browser-pty.py search NODE MEM HOME QUERY…   hits: from the last key of each query, behind `/`, until its hits are on the screen · peakMb
"""
import fcntl, json, os, pty, select, struct, subprocess, sys, termios, time

what, node, mem, home, *rest = sys.argv[1:]
ENV = {**os.environ, "MEM_HOME": home, "TERM": "xterm-256color", "TZ": "UTC"}
END = b"\x1b[?2026l"


def open_browser():
    pid, screen = pty.fork()
    if pid == 0:
        # The child's own terminal, before it looks at its size.
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
        os.execvpe(node, [node, mem, "toc"], ENV)
    return pid, screen


def read_frames(screen, is_done, seconds=30):
    """All that is written until `is_done` of it, and when the last frame ended."""
    text, end = b"", time.time() + seconds
    while time.time() < end:
        if select.select([screen], [], [], 0.05)[0]:
            text += os.read(screen, 1 << 16)
        if is_done(text):
            return text, time.time()
    raise SystemExit("no frame in\n" + repr(text[-2000:]))


def close_browser(pid, screen):
    os.write(screen, b"q")
    try:
        while os.read(screen, 1 << 16):
            pass
    except OSError:
        pass
    _, status, usage = os.wait4(pid, 0)
    if status != 0:
        raise SystemExit(f"mem toc ended with {status}")
    os.close(screen)
    return usage


if what == "start":
    started = time.time()
    subprocess.run([node, "-e", "0"], env=ENV, check=True)
    bare = time.time() - started
    started = time.time()
    pid, screen = open_browser()
    _, frame = read_frames(screen, lambda text: END in text and b"row " in text)
    # The last thing to come is what is below the chosen node.
    quiet, whole = 0, frame
    while quiet < 6:
        if select.select([screen], [], [], 0.05)[0]:
            os.read(screen, 1 << 16)
            whole, quiet = time.time(), 0
        else:
            quiet += 1
    close_browser(pid, screen)
    print(json.dumps({"bare": bare * 1000, "frame": (frame - started) * 1000, "whole": (whole - started) * 1000}))
elif what == "search":
    pid, screen = open_browser()
    read_frames(screen, lambda text: END in text and b"row " in text)
    took = []
    for query in rest:
        os.write(screen, b"/")
        time.sleep(1)
        # All but the last letter first, as somebody types: what is found for it is no answer to the whole word.
        os.write(screen, query[:-1].encode())
        time.sleep(2)
        while select.select([screen], [], [], 0)[0]:
            os.read(screen, 1 << 16)
        sent = time.time()
        os.write(screen, query[-1:].encode())
        # The prompt comes first, then the hits: a second without anything means that they are there.
        last = sent
        while select.select([screen], [], [], 1)[0]:
            os.read(screen, 1 << 16)
            last = time.time()
        took.append((last - sent) * 1000)
        os.write(screen, b"\x1b")
        time.sleep(0.5)
        os.write(screen, b"\x1b")
        time.sleep(0.5)
        while select.select([screen], [], [], 0)[0]:
            os.read(screen, 1 << 16)
    usage = close_browser(pid, screen)
    print(json.dumps({"hits": took, "peakMb": usage.ru_maxrss / 1024}))
else:
    pid, screen = open_browser()
    read_frames(screen, lambda text: END in text and b"row " in text)
    took, sizes = [], []
    silent = 0
    # Up and down, opening and closing, by screens, and to both ends: each moves, wherever the one before it led.
    cycle = [b"k", b" ", b"j", b" ", b"j", b" ", b"j", b"\x1b[6~", b"k", b"\x1b[5~", b"j", b" ", b"G", b"k", b"g", b"j", b"\x1b[6~"]
    for at in range(int(rest[0])):
        time.sleep(0.02)
        while select.select([screen], [], [], 0)[0]:
            os.read(screen, 1 << 16)
        sent = time.time()
        os.write(screen, cycle[at % len(cycle)])
        try:
            text, done = read_frames(screen, lambda text: text.endswith(END), 0.5)
            took.append((done - sent) * 1000)
            sizes.append(len(text))
        except SystemExit:
            silent += 1
    usage = close_browser(pid, screen)
    print(json.dumps({"keys": took, "bytes": sizes, "silent": silent, "peakMb": usage.ru_maxrss / 1024}))
