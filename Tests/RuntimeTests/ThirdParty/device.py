"""A device that is not simcoord: sends one payload to `simcoord serve` and prints the prediction.

    device.py ENDPOINT OPERATING_POINT PAYLOAD_FILE

Needs protoc, and pip's pyzmq and protobuf. Exits with 1 when the request fails, saying why.
"""

import pathlib
import subprocess
import sys
import tempfile

import zmq

PROTO = pathlib.Path(__file__).parents[3] / "Sources/Messaging/Protobuf/wire.proto"
PROTOCOL_VERSION = 1
REPLY_TIMEOUT_MS = 20_000


def load_messages():
    """Compiles wire.proto and imports what comes out."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            ["protoc", f"--proto_path={PROTO.parent}", f"--python_out={folder}", PROTO.name],
            check=True,
        )
        sys.path.insert(0, folder)
        import wire_pb2

        return wire_pb2


def main(endpoint, point_name, payload_file):
    wire = load_messages()
    socket = zmq.Context().socket(zmq.DEALER)
    socket.setsockopt(zmq.RCVTIMEO, REPLY_TIMEOUT_MS)
    socket.setsockopt(zmq.LINGER, 0)
    socket.connect(endpoint)

    hello = wire.DataEnvelope(protocol_version=PROTOCOL_VERSION)
    hello.device_hello.name = "device.py"
    socket.send(hello.SerializeToString())
    information = wire.DataEnvelope.FromString(socket.recv()).gateway_information
    points = {point.name: point for point in information.operating_points}
    if point_name not in points:
        sys.exit(f"{point_name} is none of {', '.join(points)}")

    request = wire.DataEnvelope(protocol_version=PROTOCOL_VERSION)
    request.inference_request.device = information.device
    request.inference_request.request = 0
    request.inference_request.operating_point = points[point_name].index
    payload = pathlib.Path(payload_file).read_bytes()
    socket.send_multipart([request.SerializeToString(), payload])
    envelope, logits = socket.recv_multipart()
    reply = wire.DataEnvelope.FromString(envelope).inference_reply
    if reply.status != wire.STATUS_OK:
        sys.exit(f"{wire.Status.Name(reply.status)}: {reply.text}")
    print(reply.prediction, len(logits) // 4)


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    main(*sys.argv[1:])
