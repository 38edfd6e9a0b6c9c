"""The play clock: between the player's coarse sayings it is to the frame where the player is."""

from __future__ import annotations

from ui.player.play_clock import PlayClock


class Time:
    """A time that the test moves."""

    def __init__(self):
        self.ms = 1000.0

    def __call__(self):
        return self.ms / 1000


def played(clock, time, begin, until, speed=1.0, late=()):
    """Let a player run and say where it is every 50 ms, a little late; return how far off the clock was, at most."""
    worst, start = 0.0, time.ms
    for step in range(1, until):
        time.ms = start + step * 10
        truth = begin + step * 10 * speed
        if step % 5 == 0:
            clock.hear(round(truth - late[step // 5 % len(late)] * speed))
        if step > 30:
            worst = max(worst, abs(clock.position - truth))
    return worst


def test_late_and_uneven_sayings_still_give_the_moment_to_a_frame():
    time = Time()
    clock = PlayClock(time)
    clock.begin(5000, 1.0)
    assert played(clock, time, 5000, 200, late=(40, 18, 35, 9)) < 33


def test_it_runs_at_the_players_speed():
    time = Time()
    clock = PlayClock(time)
    clock.begin(5000, 2.0)
    assert played(clock, time, 5000, 200, speed=2.0, late=(30, 10)) < 33


def test_a_player_that_falls_silent_is_not_run_away_from():
    time = Time()
    clock = PlayClock(time)
    clock.begin(5000, 1.0)
    time.ms += 10_000
    assert clock.position <= 5200


def test_a_jump_back_is_believed_at_once():
    time = Time()
    clock = PlayClock(time)
    clock.begin(5000, 1.0)
    time.ms += 50
    clock.hear(5050)
    clock.hear(1000)
    assert clock.position == 1000
