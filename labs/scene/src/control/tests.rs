use super::*;

const POLICIES: [Choice; 2] = [
    Choice {
        value: "round-robin",
        label: "Round robin",
    },
    Choice {
        value: "two-choices",
        label: "Two choices",
    },
];
const POLICY: Control = Control {
    name: "policy",
    label: "Policy",
    kind: Kind::Choice {
        options: &POLICIES,
        default: 0,
    },
};
const STOP: Control = Control {
    name: "stop",
    label: "Stopped",
    kind: Kind::Several {
        options: &[
            Choice {
                value: "1",
                label: "server 1",
            },
            Choice {
                value: "2",
                label: "server 2",
            },
            Choice {
                value: "3",
                label: "server 3",
            },
        ],
        default: 0,
    },
};
const RATE: Control = Control {
    name: "rate",
    label: "Requests a second",
    kind: Kind::Range {
        least: -20,
        most: 160,
        step: 10,
        default: 120,
        unit: "/s",
    },
};

#[test]
fn what_a_control_prints_it_reads_back() {
    for control in [POLICY, STOP, RATE] {
        let (least, most) = control.extremes();
        let step = if control == RATE { 10 } else { 1 };
        for value in (least..=most).step_by(step) {
            assert_eq!(control.parse(&control.print(value)), Ok(value));
        }
    }
    assert_eq!(STOP.print(0b101), "1+3");
    assert_eq!(RATE.default(), 120);
}

#[test]
fn a_wrong_value_is_answered_with_what_to_write() {
    assert_eq!(
        POLICY.parse("random").unwrap_err(),
        "there is no policy=random: write policy= and one of round-robin, two-choices"
    );
    assert_eq!(
        STOP.parse("2+4").unwrap_err(),
        "there is no stop=4: write stop= and none, or, joined by +, any of 1, 2, 3"
    );
    for wrong in ["125", "170", "-30", "1e2", "", "-", "0120", "99999999999"] {
        let message = RATE.parse(wrong).unwrap_err();
        assert!(
            message.ends_with("write rate= and a number from -20 to 160 in steps of 10"),
            "{message}"
        );
    }
}

#[test]
fn a_value_that_a_control_cannot_have_prints_as_the_start() {
    assert_eq!(POLICY.print(7), "round-robin");
    assert_eq!(POLICY.print(-1), "round-robin");
    assert_eq!(STOP.print(1 << 9), "none");
}
