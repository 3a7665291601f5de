// Socket.IO on Node, as its documentation shows it: cards go to the room and are stored nowhere.
// argv[2] is the folder in which socket.io is installed.
import { createServer } from "node:http";
import { createRequire } from "node:module";

const { Server } = createRequire(`${process.argv[2]}/`)("socket.io");
const server = createServer();
const io = new Server(server);

io.on("connection", (socket) => {
  socket.on("join", ({ room }, answer) => {
    socket.data.room = room;
    socket.join(room);
    answer([]);
  });
  socket.on("card", (card) => io.to(socket.data.room).emit("card", card));
});

server.listen(0, "127.0.0.1", () => console.log(server.address().port));
